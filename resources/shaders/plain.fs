/*{"ISFVSN": "2", "DESCRIPTION": "The picture, and nothing but the picture",
   "INPUTS": [{"NAME": "art", "TYPE": "image"}],
   "ARTVIS": {"FINISH": true}}*/
void main() {
    gl_FragColor = IMG_THIS_NORM_PIXEL(art);
}
