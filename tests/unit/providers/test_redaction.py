import pytest

from artvis.providers.redaction import cleaned

SECRET = "abcdefgh12345678"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Incorrect API key provided: sk-proj-abc123XYZ.", "Incorrect API key provided: [key]"),
        ("Incorrect API key provided: abcd****5678, sorry", "Incorrect API key provided: [key], sorry"),
        (f"bad key {SECRET}!", "bad key [key]!"),
        ("it begins with abcdefgh and so on", "it begins with [key] and so on"),
        ("see https://user:pw@example.com/a/b?sig=1&key=2#x now", "see https://example.com/a/b now"),
        ("Authorization: Bearer zzzzzzzzzz", "Authorization: Bearer [key]"),
        ("at ?key=abc&x=1", "at ?key=[key]&x=1"),
        ("no file /home/joe/models/sd.safetensors here", "no file [path] here"),
        (r"no file C:\Users\joe\sd.ckpt here", "no file [path] here"),
        ("cut\x1b[31m\x00 off\nnow", "cut [31m off now"),
        ("use 1/2 and and/or", "use 1/2 and and/or"),
    ],
)
def test_what_a_server_says_is_shown_without_keys_paths_and_queries(said: str, shown: str) -> None:
    assert cleaned(said, SECRET) == shown


def test_a_long_message_is_cut_to_200_characters() -> None:
    assert len(cleaned("word " * 200)) == 200


def test_a_short_word_that_is_part_of_a_key_is_still_a_word() -> None:
    assert cleaned("the abc of it", "abcdefgh12345678") == "the abc of it"
