"""The picture in OpenGL, and films of it; knows no Qt, no window, no clock and no pipeline."""
