"""The lists of words that a person's template may name, and a notice about those that are not there."""

from collections.abc import Callable

from artvis.model.notice import Notice
from artvis.paths import Home
from artvis.prompt.wildcards import WordLists, unknown_lists
from artvis.settings.wildcards import read_wildcards


def word_lists(template: str, home: Home, tell: Callable[[Notice], None]) -> WordLists:
    """The lists in the home; the disk is asked only for a template that names one."""
    if "__" not in template:
        return {}
    lists = read_wildcards(home.wildcards)
    for name in unknown_lists(template, lists):
        tell(
            Notice(
                "warning",
                f"no-list-{name}",
                f"art.template names __{name}__, and there is no such list.",
                f"Put one choice a line into {home.wildcards / name}.txt.",
            )
        )
    return lists
