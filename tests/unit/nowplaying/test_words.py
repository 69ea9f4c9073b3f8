"""What is left of hostile words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artvis.nowplaying.words import LONGEST, cleaned, cleaned_list, cleaned_url, decoded, of_line


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("  Blue \t Monday\r\n", "Blue Monday"),
        ("Été 67 — №9 (Remix) [feat. Ø] ♥", "Été 67 — №9 (Remix) [feat. Ø] ♥"),
        ("\x1b]0;owned\x07\x00\x7f\x9b", "]0;owned"),
        ("\u202etxt.exe\u202c\u2066a\u2069\u200f\ufeff", "txt.exea"),
        ("line\u2028separator\u2029and\u00a0space\u3000", "line separator and space"),
        ("می‌خواهم", "می‌خواهم"),
        ("👩‍🎤", "👩‍🎤"),
        ("Việt Nam", "Việt Nam"),
        ("Z\u0311\u0311\u0311\u0311\u0311\u0311\u0489x", "Z\u0311\u0311\u0311x"),
        ("\ud800lone\udfff", "lone"),
        ("\ufffdlost\ue000private\u0378unassigned", "lostprivateunassigned"),
        ("<b>bold</b> & ${HOME} %s {0}", "<b>bold</b> & ${HOME} %s {0}"),
        (None, ""),
        (42, ""),
        (["a"], ""),
    ],
)
def test_words_become_one_harmless_line(text: object, left: str) -> None:
    assert cleaned(text) == left


@given(st.text(st.characters(), max_size=900))
def test_whatever_comes_a_line_is_short_plain_and_stays_so(text: str) -> None:
    line = cleaned(text)
    assert len(line) <= LONGEST
    assert line == line.strip()
    assert "  " not in line
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert cleaned(line) == line


def test_of_ten_million_characters_only_the_first_are_looked_at() -> None:
    assert cleaned("\u202e\x00 a" * 2_500_000).startswith("a a")
    assert cleaned("\u202e" * 10_000_000 + "title") == ""


def test_several_artists_stand_in_one_line_and_wrong_types_are_left_out() -> None:
    assert cleaned_list(["A", "", 7, None, "B\n"]) == "A, B"
    assert cleaned_list("alone") == "alone"
    assert cleaned_list({"a": 1}) == ""
    assert len(cleaned_list(["x" * 500] * 5000)) == LONGEST


def test_only_addresses_of_covers_are_addresses() -> None:
    assert cleaned_url("https://example.org/a%20b.jpg") == "https://example.org/a%20b.jpg"
    assert cleaned_url("file:///home/me/cover.png") == "file:///home/me/cover.png"
    for bad in ("data:image/png;base64,AA", "javascript:1", "http://a b", "http://\n", "http://é", 5, None):
        assert cleaned_url(bad) == ""
    assert cleaned_url("http://" + "a" * 3000) == ""


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Björk".encode(), "Björk"),
        ("\ufeffBjörk".encode(), "Björk"),
        ("Björk".encode("utf-16"), "Björk"),
        ("Björk".encode("cp1252"), "Björk"),
        (b"\xff\xfe\x00", ""),
        (b"a\x81\x8db", "ab"),
        ("Bjö".encode()[:-1], "Bj"),
        (b"", ""),
    ],
)
def test_bytes_are_read_in_the_encoding_that_they_have(data: bytes, text: str) -> None:
    assert decoded(data) == text


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    cleaned(decoded(data))


@pytest.mark.parametrize(
    ("line", "artist", "title"),
    [
        ("New Order - Blue Monday", "New Order", "Blue Monday"),
        ("A \N{EN DASH} B - C", "A", "B - C"),
        ("Only a title", "", "Only a title"),
        ("Jay-Z - 99 Problems", "Jay-Z", "99 Problems"),
        (" - no artist", "", "- no artist"),
    ],
)
def test_a_line_is_artist_and_title(line: str, artist: str, title: str) -> None:
    now = of_line(line, source="file")
    assert now is not None
    assert (now.artist, now.title, now.playing, now.source) == (artist, title, True, "file")


def test_an_empty_line_is_nothing_and_an_artist_alone_is_nothing() -> None:
    assert of_line(" \t\x00", source="file") is None
    assert of_line("x" * 399 + " - \u200b", source="file") is not None
