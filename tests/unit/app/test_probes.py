import time

import childprobes

from artvis.app import probes


def test_an_answer_comes_back() -> None:
    assert probes.in_child(childprobes.answers) == probes.Finding(good=True, text="all is well")


def test_a_complaint_comes_back_as_its_sentence() -> None:
    assert probes.in_child(childprobes.complains) == probes.Finding(good=False, text="no driver")


def test_a_crash_is_named_with_its_last_words() -> None:
    assert probes.in_child(childprobes.crashes) == probes.Finding(
        good=False, text="ended by SIGSEGV: last words"
    )


def test_a_probe_that_hangs_is_given_up() -> None:
    begin = time.monotonic()
    found = probes.in_child(childprobes.hangs, timeout_s=1.0)
    assert found == probes.Finding(good=False, text="no answer within 1 s")
    assert time.monotonic() - begin < 5.0
