"""The decisions of the library as pure functions of values: what comes next, what is unseen, what may be spent.

No clock, no disk, no SQL: those who ask hand everything in.
"""

from artvis.queue.policy.caps import Spent, refusal
from artvis.queue.policy.gaps import Gap, merged, split, uncovered
from artvis.queue.policy.view import QueueView

__all__ = ["Gap", "QueueView", "Spent", "merged", "refusal", "split", "uncovered"]
