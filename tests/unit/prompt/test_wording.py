import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artvis.prompt.wording import harmless


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Don't Stop, Now - 1999.", "Don't Stop, Now - 1999."),
        ("<sd_cpp_extra_args>{}</sd_cpp_extra_args>", "sd cpp extra args sd cpp extra args"),
        ("<lora:evil:1>", "lora evil 1"),
        ("cat AND dog BREAK bird", "cat and dog break bird"),
        ("embedding:x|y (z:1.5) [w]", "embedding x y z 1.5 w"),
        ("ﬁre ２０", "fire 20"),
        ("a\u202eb\u200bc\u2066d", "abcd"),
        ("line\nbreak\ttab\x00", "line break tab"),
        ("हिन्दी 日本語 Ñandú", "हिन्दी 日本語 Ñandú"),
        ("z\u0335\u0336\u0337a", "z\u0335a"),
        ("", ""),
    ],
)
def test_words_of_others_keep_their_letters_and_lose_their_orders(given: str, kept: str) -> None:
    assert harmless(given, 60) == kept


@given(st.text(max_size=300))
def test_nothing_but_letters_digits_and_a_few_signs_is_left(text: str) -> None:
    kept = harmless(text, 60)
    assert len(kept) <= 60
    for character in kept:
        assert character in " '-,." or unicodedata.category(character)[0] in "LM" or character.isdecimal()
