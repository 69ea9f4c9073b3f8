/*{}*/
float x;
