/*{}*/
float x = 0.0;
void main() {
    for (;;) x += 1.0;
}
