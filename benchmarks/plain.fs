/*{
  "DESCRIPTION": "The artwork as it is, so that nothing moves but what is measured",
  "INPUTS": [{"NAME": "art", "TYPE": "image"}],
  "ARTVIS": {"ENERGY": [0.0, 1.0], "FINISH": true}
}*/
void main() { gl_FragColor = IMG_THIS_NORM_PIXEL(art); }
