"""The library: artworks, sessions, what was seen, votes and money, in one SQLite file beside a folder of pictures.

Questions are functions of a connection and plain values; they are asked through `store.Store`, whose one thread owns
the connection. Nothing here knows of windows, sound or the network.
"""
