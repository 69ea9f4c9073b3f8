"""Sound in, and what can be heard in it; nothing here draws or paints."""
