"""Telling whether the process that holds a lease still lives."""

import subprocess
import sys

from artvis.queue import owner


def test_this_process_is_alive() -> None:
    assert owner.is_alive(owner.this_process())


def test_a_process_that_ended_is_dead() -> None:
    code = "from artvis.queue import owner; print(owner.this_process())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not owner.is_alive(done.stdout.strip())


def test_a_reused_process_number_is_another_process() -> None:
    pid, started, boot = owner.this_process().split(":")
    assert not owner.is_alive(f"{pid}:{int(started) - 1}:{boot}")


def test_after_a_reboot_no_process_of_before_lives() -> None:
    pid, started, _ = owner.this_process().split(":")
    assert not owner.is_alive(f"{pid}:{started}:another-boot")


def test_a_name_that_is_none_is_dead() -> None:
    assert not owner.is_alive("")
