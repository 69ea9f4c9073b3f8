"""Which monitor a show belongs on, by its number or name; pure, on the names of those that are there now.

It moves no window (`placement`).
"""

from collections.abc import Sequence

Wanted = int | str
"""The number of a monitor, from 0, or its name."""


def distinct(names: Sequence[str]) -> list[str]:
    """The same names, but the second of one name gets a number: two projectors of one make are two monitors."""
    before = [names[:at].count(name) for at, name in enumerate(names)]
    return [f"{name} #{count + 1}" if count else name for name, count in zip(names, before, strict=True)]


def found(wanted: Wanted, names: Sequence[str]) -> int | None:
    """The number of the monitor that is meant, by `names` in the order of their numbers; None while it is away."""
    if isinstance(wanted, int):
        return wanted if 0 <= wanted < len(names) else None
    for alike in (str, str.casefold):
        for number, name in enumerate(names):
            if alike(name) == alike(wanted):
                return number
    return None


def away_sentence(wanted: Wanted | None, names: Sequence[str]) -> str:
    """What a person reads who started a show on a monitor that is not there; None: any would do."""
    if wanted is None:
        return "No monitor is there; the show waits for one."
    here = ", ".join(f"{number} {name}" for number, name in enumerate(names))
    return (
        f"Monitor {wanted} is away; the show waits for it and opens there. "
        f"Monitors that are here: {here or 'none'}."
    )
