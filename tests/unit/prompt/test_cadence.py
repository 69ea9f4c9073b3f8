from dataclasses import replace
from typing import Any

import pytest

from artvis.prompt.cadence import CadenceFacts, decide

CALM = CadenceFacts(now_s=100.0, last_painted_s=0.0, unseen_fresh_ahead=2)
PAID = replace(CALM, paid=True)


@pytest.mark.parametrize(
    ("facts", "paints"),
    [
        (CALM, False),
        (replace(CALM, unseen_fresh_ahead=1), True),
        (replace(CALM, track_changed=True), True),
        (replace(CALM, section_changed=True), True),
        (replace(CALM, mood_change=0.25), True),
        (replace(CALM, mood_change=0.24), False),
        # the start: at once, whatever is in stock
        (replace(CALM, last_painted_s=None, unseen_fresh_ahead=20), True),
        (replace(CALM, last_painted_s=None, now_s=0.0, silent_for_s=500.0), True),
        (replace(PAID, last_painted_s=None, now_s=0.0), True),
        # the gap
        (replace(CALM, unseen_fresh_ahead=0, last_painted_s=92.1), False),
        (replace(CALM, unseen_fresh_ahead=0, last_painted_s=92.0), True),
        (replace(PAID, unseen_fresh_ahead=0, last_painted_s=40.1), False),
        (replace(PAID, unseen_fresh_ahead=0, last_painted_s=40.0), True),
        (replace(PAID, track_changed=True, last_painted_s=41.0), False),
        # paid calls pause; offline art goes on
        (replace(PAID, unseen_fresh_ahead=0, silent_for_s=19.9), True),
        (replace(PAID, unseen_fresh_ahead=0, silent_for_s=20.0), False),
        (replace(PAID, last_painted_s=None, silent_for_s=20.0), False),
        (replace(PAID, unseen_fresh_ahead=0, hidden=True), False),
        (replace(CALM, unseen_fresh_ahead=0, silent_for_s=500.0), True),
        (replace(CALM, unseen_fresh_ahead=0, hidden=True, last_painted_s=50.0), False),
        (replace(CALM, unseen_fresh_ahead=0, hidden=True, last_painted_s=40.0), True),
        (replace(CALM, unseen_fresh_ahead=1, hidden=True, last_painted_s=0.0, section_changed=True), False),
        # a person asks: neither gap nor pause
        (replace(CALM, asked=True, last_painted_s=99.9), True),
        (replace(PAID, asked=True, last_painted_s=99.9, silent_for_s=60.0, hidden=True), True),
        # one at a time
        (replace(CALM, asked=True, in_flight=1), False),
        (replace(CALM, track_changed=True, in_flight=1), False),
        (replace(CALM, last_painted_s=None, in_flight=1), False),
    ],
)
def test_the_table_of_decisions(facts: CadenceFacts, *, paints: bool) -> None:
    decision = decide(facts)
    assert decision.paint is paints
    assert decision.reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"asked": True}, "you asked for it"),
        ({"last_painted_s": None}, "the show begins"),
        ({"track_changed": True, "section_changed": True}, "a new track began"),
        ({"section_changed": True}, "a new section began"),
        ({"mood_change": 0.5}, "the mood changed"),
        ({"unseen_fresh_ahead": 0}, "few unseen pictures are ahead"),
        ({"last_painted_s": 97.0}, "the next one may begin in 5 s"),
    ],
)
def test_the_reason_is_the_strongest_one(change: dict[str, Any], reason: str) -> None:
    assert decide(replace(CALM, **change)).reason == reason
