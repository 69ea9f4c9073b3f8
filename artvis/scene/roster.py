"""The scenes and transitions that can be put on the stage now.

It chooses none of them (`casting`).
"""

from dataclasses import dataclass

from artvis.scene.isf.document import StagedScene


@dataclass(frozen=True, slots=True)
class Roster:
    """Replaced as a whole when a file changes; never changed."""

    scenes: tuple[StagedScene, ...] = ()
    transitions: tuple[StagedScene, ...] = ()

    def find(self, name: str) -> StagedScene | None:
        """The scene or transition of this name."""
        return next((each for each in (*self.scenes, *self.transitions) if each.name == name), None)
