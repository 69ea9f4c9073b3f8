from artvis.ui import probes


def test_calls_that_return_nothing_lose_no_reference_to_none() -> None:
    assert probes.references_lost() == 0


def test_qt_says_its_version() -> None:
    assert probes.version().startswith("6.")
