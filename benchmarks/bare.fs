/*{
  "DESCRIPTION": "The artwork alone, without the light and the spectrum of the finish",
  "INPUTS": [{"NAME": "art", "TYPE": "image"}],
  "ARTVIS": {"ENERGY": [0.0, 1.0]}
}*/
void main() { gl_FragColor = IMG_THIS_NORM_PIXEL(art); }
