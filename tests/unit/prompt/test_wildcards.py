import pytest

from artvis.prompt.wildcards import expanded, unknown_lists

LISTS = {"animal": ("a fox", "a {red|grey} crane"), "self": ("more __self__",)}


def _all(text: str) -> set[str]:
    return {expanded(text, LISTS, seed=seed) for seed in range(200)}


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("no choice", {"no choice"}),
        ("{day|night}", {"day", "night"}),
        ("{a|{b|c}} d", {"a d", "b d", "c d"}),
        ("{2$$a|b|c}", {"a, b", "b, a", "a, c", "c, a", "b, c", "c, b"}),
        ("{5$$a|b}", {"a, b", "b, a"}),
        ("{0$$a|b}.", {"."}),
        ("{only}", {"only"}),
        ("__animal__", {"a fox", "a red crane", "a grey crane"}),
        ("{__animal__|sea}", {"a fox", "a red crane", "a grey crane", "sea"}),
        ("__nowhere__", {"nowhere"}),
        ("__../animal__", {"__../animal__"}),
        ("{a|b", {"{a|b"}),
    ],
)
def test_a_wildcard_can_be_each_of_its_choices_and_nothing_else(text: str, drawn: set[str]) -> None:
    assert _all(text) == drawn


def test_the_same_seed_draws_the_same() -> None:
    assert expanded("{a|b|c} __animal__", LISTS, seed=5) == expanded("{a|b|c} __animal__", LISTS, seed=5)


def test_a_list_that_names_itself_ends() -> None:
    assert len(expanded("__self__", LISTS, seed=1)) <= 2000


def test_lists_that_are_not_there_are_named_once() -> None:
    assert unknown_lists("__place__ {__animal__|__place__}", LISTS) == ("place",)
