"""The demo track: written by us as a score, sung by voices made of numpy, mixed at a desk of our own."""
