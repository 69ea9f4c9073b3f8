"""The scene: from the music and the pictures to the numbers of one video frame; pure, and knows no OpenGL."""
