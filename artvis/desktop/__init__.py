"""What a show asks of the desktop around it: not to sleep while it is watched, and whether people want less motion."""
