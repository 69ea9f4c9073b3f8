"""Values on the command line that several commands take: sizes, numbers in a range, files to be written."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from artvis.errors import InputError

SIDE_MIN, SIDE_MAX = 64, 8192


def size(text: str) -> tuple[int, int]:
    """'1280x720' as (1280, 720)."""
    width, cross, height = text.lower().partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text} is no size; write WIDTHxHEIGHT, such as 1280x720")
    sides = int(width), int(height)
    if not all(SIDE_MIN <= side <= SIDE_MAX for side in sides):
        raise argparse.ArgumentTypeError(f"{text} is out of range; each side is {SIDE_MIN} to {SIDE_MAX}")
    return sides


def number(low: float, high: float) -> Callable[[str], float]:
    """A type for argparse: a number from `low` to `high`."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text} is no number from {low:g} to {high:g}")
        return value

    return parse


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """A type for argparse: a whole number from `low` to `high`."""

    def parse(text: str) -> int:
        if not text.lstrip("-").isdecimal() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"{text} is no whole number from {low} to {high}")
        return int(text)

    return parse


def writable_file(path: Path) -> Path:
    """The path of a file to be written, whose folder exists. Folders are never created for an output."""
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"The folder {path.absolute().parent} does not exist.")
    if not os.access(path if path.exists() else path.absolute().parent, os.W_OK):
        raise InputError(f"{path} may not be written by this user.")
    return path
