"""Windows in processes of their own; one run serves all tests that look at it."""

import pytest
import windowplay


@pytest.fixture(scope="session")
def play(display: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> windowplay.Play:
    """`play("plain", DISPLAY=":4711")`; None takes a variable away."""
    played: dict[tuple[object, ...], windowplay.Played] = {}

    def run(scenario: str, **changes: str | None) -> windowplay.Played:
        asked = (scenario, *sorted(changes.items()))
        if asked not in played:
            folder = tmp_path_factory.mktemp(scenario)
            played[asked] = windowplay.play(scenario, folder, {**display, **changes})
        return played[asked]

    return run
