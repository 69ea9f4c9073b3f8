"""artvis: a desktop music visualizer that paints what it hears.

The rooms of the house and the path of the data are drawn in docs/architecture.md.
"""

__version__ = "0.1.0"
