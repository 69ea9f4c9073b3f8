"""Who paints: image back ends behind one protocol, and the check that makes of hostile bytes a picture.

Nothing here decides what or when to paint, or counts money.
"""
