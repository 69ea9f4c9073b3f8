"""Settings: keys (what there is, what is allowed), file (TOML with lines), precedence (what is in force).

It keeps no state and watches nothing. Keys for image back ends are never settings.
"""

from artvis.settings.file import set_value
from artvis.settings.keys import Value, documentation, flattened
from artvis.settings.precedence import (
    KioskSettings,
    load,
    load_for_kiosk,
    load_with_origins,
    remember_good,
    variable_of,
)

__all__ = [
    "KioskSettings",
    "Value",
    "documentation",
    "flattened",
    "load",
    "load_for_kiosk",
    "load_with_origins",
    "remember_good",
    "set_value",
    "variable_of",
]
