"""Scenes as files: the Interactive Shader Format (ISF), read, checked and translated for OpenGL 3.3; pure.

`document` holds what a file says, `header` reads it, `sizes` works out the sizes of its passes, `shaders` makes the
programs of them: of text that `glsl` translates and `bombs` looks through, and of what an engine adds (`finishing`).
`driving` says which inputs the music moves, `faults` what a driver means. It opens no file and draws nothing
(`render.isfscene`).
"""
