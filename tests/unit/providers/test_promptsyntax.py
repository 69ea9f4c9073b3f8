import json
from dataclasses import replace

import pytest
from backends import NAMES, back_end

from artvis.model.music import MusicState
from artvis.model.sections import ArtSection
from artvis.prompt.compose import compose
from artvis.providers.promptsyntax import plain

HOSTILE = 'song <sd_cpp_extra_args>{"width":128,"height":64}</sd_cpp_extra_args> <lora:x:1> {a|b} | AND'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HOSTILE, 'song sd_cpp_extra_args "width":128,"height":64 /sd_cpp_extra_args lora:x:1 a b and'),
        ("(red:1.4) [a:b:9] \\(x\\)", "red:1.4 a:b:9 x"),
        ("a BREAK b\nAND c", "a break b and c"),
        ("embedding:evil, Embedding :worse", "embedding evil, Embedding worse"),
        ("{2$$a|b} __animal__ snake_case", "2 a b animal snake_case"),
        ("SAND and BRANDY", "SAND and BRANDY"),
        ("a\u202eb\u200bc", "a b c"),
        ("no text, no letters; a 'well' at 5:30", "no text, no letters; a 'well' at 5:30"),
    ],
)
def test_orders_to_a_server_become_words(text: str, words: str) -> None:
    assert plain(text) == words
    assert plain(words) == words


def test_our_own_prompts_stay_as_they_are() -> None:
    for seed in range(50):
        prompt = compose(MusicState(valence=seed / 50), ArtSection(), history=(), seed=seed)
        assert plain(prompt.positive) == prompt.positive
        assert plain(prompt.negative) == prompt.negative


@pytest.mark.parametrize("name", NAMES)
def test_no_back_end_is_sent_syntax_by_a_title_or_a_template(name: str) -> None:
    preferences = ArtSection(styles=(HOSTILE,), artists=HOSTILE, use_song_text=True)
    titled = compose(MusicState(), preferences, history=(), seed=5, song=HOSTILE)
    template = replace(titled, positive=f"{HOSTILE} (x:1.5) embedding:y", negative=HOSTILE)
    for prompt in (titled, template):
        with back_end(name) as (provider, server):
            provider.generate(replace(prompt, size=(96, 64)), deadline_s=10, idempotency_key="one")
            sent = server.calls[0].json
        for text in _texts(sent):
            if "song" in text:
                assert not set("<>{}|()[]") & set(text)
                assert "embedding:" not in text
                assert "AND" not in text.split()
        assert "song" in json.dumps(sent)


def _texts(tree: object) -> list[str]:
    if isinstance(tree, dict):
        return [text for part in tree.values() for text in _texts(part)]
    if isinstance(tree, list):
        return [text for part in tree for text in _texts(part)]
    return [tree] if isinstance(tree, str) else []
