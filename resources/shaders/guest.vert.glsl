// A scene without the finish brings its own light.
void finish_vertex() {}
