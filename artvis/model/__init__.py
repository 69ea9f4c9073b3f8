"""The nouns of artvis: frozen values that every room may know, with no behaviour but validation."""
