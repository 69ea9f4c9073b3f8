"""What the overlay shows, as properties for QML; how it looks is written in qml/.

Nothing is drawn here.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from artvis.control.keymap import BINDINGS
from artvis.model.music import BEAT_CONFIDENCE_MIN
from artvis.model.notice import Notice
from artvis.pipeline.overlay import OverlayState
from artvis.pipeline.sourcelist import SourceList, SourceRow
from artvis.ui.accent import DEFAULT_ACCENT, accent_of, stroke_of
from artvis.ui.attention import Attention
from artvis.ui.facts import Facts
from artvis.ui.fade import Fade, breath
from artvis.ui.ports import WindowOptions

LEVEL_STEPS = 24  # the meter is this many pixels high: finer ones cannot be seen
GROUPS: Mapping[str, str] = MappingProxyType({"picture": "Picture", "music": "Music", "stage": "Stage"})
BAR_STEPS = 64
LONGEST_DT_S = 0.1


class Overlay(QObject):
    """The properties of the overlay, kept up to date by `show_state` once a video frame."""

    def __init__(self, options: WindowOptions, *, reduced_motion: Callable[[], bool] = bool) -> None:
        super().__init__()
        self._kiosk = options.kiosk
        self._attention = Attention()
        self._reduced_motion = reduced_motion
        self._now_s = 0.0
        self._state = OverlayState()
        self._why_open = False
        self._help_open = False
        self._fades = {
            "statusOpacity": Fade(0.2, 0.8),
            "namingOpacity": Fade(0.7, 0.9),
            "songOpacity": Fade(0.5, 0.9),
            "chipOpacity": Fade(0.35, 0.6),
            "noticesOpacity": Fade(0.25, 0.5),
            "answerOpacity": Fade(0.0, 0.35),
            "helpOpacity": Fade(0.08, 0.15),
            "whyOpacity": Fade(0.08, 0.15),
            "sourcesOpacity": Fade(0.08, 0.15),
        }
        self.facts = Facts(self._at_first())

    @property
    def values(self) -> Mapping[str, Any]:
        """All properties as they are now."""
        return MappingProxyType(self.facts.values)

    def show_state(self, state: OverlayState, now_s: float) -> None:
        """Takes over one state at `now_s` (monotonic)."""
        dt_s, self._now_s = min(max(now_s - self._now_s, 0.0), LONGEST_DT_S), now_s
        if state.artwork_title:
            self._attention.title(state.artwork_id, now_s)
        if state.song_title:
            self._attention.song((state.song_title, state.song_artist), now_s)
        if state is not self._state:
            self._take(state)
            if state.said:
                self.answer(state.said)
        if not state.why:
            self._why_open = False
        for name, shown in self._shown().items():
            self.facts.change(name, self._fades[name].step(dt_s, shown=shown))
        if state.painting:
            self.facts.change("breath", breath(now_s, still=self._reduced_motion()))

    def begin(self, now_s: float) -> None:
        """The first frame is on the screen."""
        self._attention.begin(now_s)

    def stir(self) -> None:
        """A sign of life of a person."""
        self._attention.stir(self._now_s)

    def answer(self, text: str) -> None:
        """Shows the answer to a key with the next frame."""
        self._attention.answer(self._now_s)
        self.facts.change("answer", text)

    def toggle_help(self) -> str:
        self._help_open, self._why_open = not self._help_open, False
        return ""

    def toggle_why(self) -> str:
        if not self._why_open and not self._state.why:
            return _tr("this picture came with artvis")
        self._why_open, self._help_open = not self._why_open, False
        return ""

    def close_panels(self) -> bool:
        was_open = self._help_open or self._why_open
        self._help_open = self._why_open = False
        return was_open

    def _at_first(self) -> dict[str, Any]:
        return {
            "kiosk": self._kiosk,
            "accent": DEFAULT_ACCENT,
            "help": help_groups(),
            "why": [],
            "sources": [],
            "levels": [],
            "marked": 0,
            "notices": [],
            "answer": "",
            "songTitle": "",
            "songArtist": "",
            "painting": "",
            "breath": 1.0,
            "stroke": stroke_of(()),
            **dict.fromkeys(self._fades, 0.0),
            **_facts_of(self._state),
        }

    def _take(self, state: OverlayState) -> None:
        before, self._state = self._state, state
        for name, value in _facts_of(state).items():
            self.facts.change(name, value)
        if state.painting:  # the words stay while the chip fades
            self.facts.change("painting", state.painting)
        if state.song_title:
            self.facts.change("songTitle", state.song_title)
            self.facts.change("songArtist", state.song_artist)
        if state.palette != before.palette:
            self.facts.change("accent", accent_of(state.palette))
            self.facts.change("stroke", stroke_of(state.palette))
        if state.why:
            self.facts.change("why", list(state.why))
        if state.sources is not None:  # the rows stay while the list fades
            self._take_sources(state.sources, before.sources)
            self.facts.change("levels", [bar(level) for level in state.source_levels])
        if state.notices and state.notices != before.notices:
            self.facts.change("notices", [_notice(notice) for notice in state.notices])

    def _take_sources(self, now: SourceList, before: SourceList | None) -> None:
        if before is None or now.rows != before.rows:
            self.facts.change("sources", [_row(row) for row in now.rows])
        self.facts.change("marked", now.marked)

    def _shown(self) -> dict[str, bool]:
        state, attention, now_s = self._state, self._attention, self._now_s
        attended = not self._kiosk and not state.blackout
        awake = attended and attention.awake(now_s)
        covered = self._help_open or self._why_open or state.sources is not None
        named = bool(state.artwork_title) and (awake or (attended and attention.names_title(now_s)))
        # A kiosk names it too: whoever lets titles be shown there means its audience.
        sung = bool(state.song_title) and (awake or attention.names_song(now_s))
        return {
            "statusOpacity": awake,
            "songOpacity": sung and not (covered or state.blackout),
            "namingOpacity": named and not covered,
            "chipOpacity": bool(state.painting) and attended,
            "noticesOpacity": bool(state.notices) and not state.blackout,
            "answerOpacity": attention.answers(now_s),
            "helpOpacity": self._help_open,
            "whyOpacity": self._why_open,
            "sourcesOpacity": state.sources is not None,
        }


def _facts_of(state: OverlayState) -> dict[str, Any]:
    return {
        "level": round(min(max(state.level, 0.0), 1.0) * LEVEL_STEPS) / LEVEL_STEPS,
        "source": state.source_title,
        "music": music_line(state),
        "title": state.artwork_title,
        "vote": state.vote,
        "held": state.held,
        "calm": state.calm,
    }


def bar(level: float | None) -> float:
    """A level as the meters of the list show it; -1 is no meter at all."""
    return -1.0 if level is None else round(min(max(level, 0.0), 1.0) * BAR_STEPS) / BAR_STEPS


def music_line(state: OverlayState) -> str:
    """Tempo and key, each only when it is sure."""
    if state.silent:
        return _tr("silence")
    known = []
    if state.tempo_held and state.bpm > 0.0:
        known.append(_tr("tempo held {bpm}").format(bpm=f"{state.bpm:.1f}"))
    elif state.bpm > 0.0 and state.confidence >= BEAT_CONFIDENCE_MIN:
        known.append(_tr("{bpm} BPM").format(bpm=round(state.bpm)))
    if state.key:
        known.append(state.key)
    return "  ·  ".join(known) if known else _tr("listening …")


def help_groups() -> list[dict[str, Any]]:
    """The keymap as the help panel shows it."""
    return [
        {
            "title": _tr(title),
            "rows": [
                {"keys": binding.label, "text": QCoreApplication.translate("Keys", binding.help)}
                for binding in BINDINGS
                if binding.group == group
            ],
        }
        for group, title in GROUPS.items()
    ]


def _row(row: SourceRow) -> dict[str, Any]:
    return {"id": row.id, "title": row.title, "detail": row.detail, "current": row.current}


def _notice(notice: Notice) -> dict[str, str]:
    return {"severity": notice.severity, "text": _whole(notice.text), "action": _whole(notice.action)}


def _whole(text: str) -> str:
    """Options such as --source are not broken at their hyphens."""
    return text.replace("--", "\N{NON-BREAKING HYPHEN}" * 2)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Overlay", text)
