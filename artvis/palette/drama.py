"""How dramatic music should look: its arousal, opened to the whole range.

It measures nothing; colours, painters and the stage take the same figure, so that they agree.
"""

CALM, VIOLENT = 0.26, 0.70
"""Heard arousal seldom lies outside: a lullaby is near the one, hard techno near the other."""


def drama(arousal: float) -> float:
    """0 for calm music, 1 for violent music, with a soft shoulder at both."""
    share = min(max((arousal - CALM) / (VIOLENT - CALM), 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)
