"""Workflows of ComfyUI as data: reads one, and puts prompt, seed and size into it.

Values are put into the parsed tree, never into its text, so that no prompt can become part of the graph.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from artvis.errors import InputError

Value = str | int | float
Graph = Mapping[str, Any]

_MARK: Final = re.compile(r"%(prompt|negative|seed|width|height|checkpoint|image|strength)%")


def read_graph(path: Path) -> Graph:
    """The workflow in a file. Raises InputError with what is wrong with it."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"The workflow {path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"The workflow {path} is no JSON.") from error
    if not isinstance(found, dict) or not found or not all(map(_is_node, found.values())):
        raise InputError(
            f"The workflow {path} is not in API format: in ComfyUI, choose Workflow, then Export (API)."
        )
    if "prompt" not in marks(found):
        raise InputError(f"The workflow {path} has no %prompt% in it: write it where the text goes.")
    return found


def marks(tree: object) -> frozenset[str]:
    """The names between percent signs in a tree."""
    match tree:
        case str():
            return frozenset(_MARK.findall(tree))
        case dict():
            return frozenset().union(*map(marks, tree.values()))
        case list():
            return frozenset().union(*map(marks, tree))
    return frozenset()


def filled(tree: Any, values: Mapping[str, Value]) -> Any:
    """The tree with values for its marks; a text that is nothing but a mark becomes the value, with its type."""
    match tree:
        case str():
            whole = _MARK.fullmatch(tree)
            if whole is not None:
                return values[whole[1]]
            return _MARK.sub(lambda mark: str(values[mark[1]]), tree)
        case dict():
            return {name: filled(part, values) for name, part in tree.items()}
        case list():
            return [filled(part, values) for part in tree]
    return tree


def _is_node(node: object) -> bool:
    return (
        isinstance(node, dict)
        and isinstance(node.get("class_type"), str)
        and isinstance(node.get("inputs"), dict)
    )
