"""Scenes as files: the Interactive Shader Format (ISF), read, checked and translated for OpenGL 3.3; pure.

`document` holds what a file says, `header` reads it, `sizes` works out the sizes of its passes, `glsl` makes shaders
of it, `driving` says which inputs the music moves. It opens no file and draws nothing (`render.isfscene`).
"""
