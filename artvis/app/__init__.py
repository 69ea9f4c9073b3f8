"""Compositions, one a module: build the parts, connect them, start and stop them; no logic of their own."""
