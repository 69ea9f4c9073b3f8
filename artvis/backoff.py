"""How long to wait before trying again, as arithmetic; the randomness is handed in."""

FIRST_S = 1.0
LONGEST_S = 300.0


def full_jitter_s(attempt: int, random_unit: float) -> float:
    """The wait before try `attempt` + 1, `attempt` >= 1; `random_unit` is uniform in 0..1.

    Exponential with full jitter: uniform between 0 and min(300, 2 ** (attempt - 1)) s.
    Source: M. Brooker, "Exponential Backoff And Jitter", 2015.
    """
    return random_unit * min(LONGEST_S, FIRST_S * 2.0 ** (attempt - 1))


def steps_s(attempt: int, steps: tuple[float, ...]) -> float:
    """The wait before try `attempt` + 1 on a fixed staircase; the last step is kept."""
    return steps[min(attempt - 1, len(steps) - 1)]
