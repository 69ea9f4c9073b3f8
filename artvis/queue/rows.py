# ruff: noqa: S608 - only constants of ours are put into the statements
"""Rows of the library as values of the model, and back.

It asks nothing by itself: the questions bring their WHERE and ORDER BY.
"""

import json
import sqlite3

from artvis.model.artwork import Artwork, ArtworkDetail, ArtworkStateName
from artvis.queue import schema
from artvis.queue.policy.caps import MICROUSD, microusd

STATES: tuple[ArtworkStateName, ...] = ("placeholder", "live", "held", "tombstone")

_DETAIL = (
    "provider,model,seed,negative,palette,cost_microusd,reasons,valence,arousal,key,bpm,style,subject,medium,"
    "painter,section,song,artists"
)
SELECT_ARTWORK = f"""SELECT a.aid,a.id,a.state,s.id,a.created_at,a.sha256,a.bytes,a.w,a.h,v.value,d.hidden,a.prompt,
{",".join("d." + name for name in _DETAIL.split(","))}
FROM artwork a LEFT JOIN session s ON s.sid=a.session_id LEFT JOIN artwork_detail d ON d.aid=a.aid
LEFT JOIN vote v ON v.user_id={schema.USER} AND v.aid=a.aid"""
INSERT_DETAIL = f"""INSERT INTO artwork_detail(aid,{_DETAIL})
VALUES({",".join("?" * (1 + len(_DETAIL.split(","))))})"""


def artwork(db: sqlite3.Connection, row: tuple[object, ...]) -> Artwork:
    """One row of SELECT_ARTWORK, with the names of the pools that hold it."""
    aid, artwork_id, state, session_id, created_at_ms, sha256, size, width, height, vote, hidden = row[:11]
    pools = db.execute(
        """SELECT pool.id FROM pool JOIN (SELECT pool_id FROM pool_item WHERE aid=:a
           UNION SELECT pool_id FROM withdrawn WHERE aid=:a) USING(pool_id) ORDER BY pool_id""",
        {"a": aid},
    )
    return Artwork(
        id=str(artwork_id),
        state=STATES[int(str(state))],
        session_id=str(session_id or ""),
        created_at_ms=int(str(created_at_ms)),
        sha256=sha256.hex() if isinstance(sha256, bytes) else "",
        size_bytes=int(str(size or 0)),
        width=int(str(width or 0)),
        height=int(str(height or 0)),
        detail=_detail(row[11:]),
        vote=int(str(vote or 0)),
        hidden=bool(hidden),
        pools=tuple(pool for (pool,) in pools),
    )


def detail_values(aid: int, detail: ArtworkDetail) -> tuple[object, ...]:
    """The values of INSERT_DETAIL."""
    return (
        aid,
        detail.provider,
        detail.model,
        # SQLite holds 63 bits and a sign; a seed is 64 bits at most
        detail.seed if detail.seed < 1 << 63 else detail.seed - (1 << 64),
        detail.negative,
        " ".join(detail.palette),
        microusd(detail.cost_usd),
        json.dumps(detail.reasons, ensure_ascii=False),
        detail.valence,
        detail.arousal,
        detail.key,
        detail.bpm,
        detail.style,
        detail.subject,
        detail.medium,
        detail.painter,
        detail.section,
        detail.song,
        detail.artists,
    )


def palette(text: str | None) -> tuple[str, ...]:
    """Colours as they are stored, with blanks between: every row of the queue is read again and again."""
    return tuple(text.split()) if text else ()


def reasons(text: str | None) -> tuple[str, ...]:
    """The reasons of a picture, as they are stored: a JSON list."""
    return tuple(json.loads(text)) if text else ()


def _detail(row: tuple[object, ...]) -> ArtworkDetail:
    """Prompt, then the columns of the detail; all of them NULL for a placeholder."""
    prompt, provider = row[:2]
    if provider is None:
        return ArtworkDetail(provider="")
    texts = [str(value) for value in row]
    return ArtworkDetail(
        provider=str(provider),
        prompt=str(prompt or ""),
        model=texts[2],
        seed=int(texts[3]) % (1 << 64),
        negative=texts[4],
        palette=palette(texts[5]),
        cost_usd=int(texts[6]) / MICROUSD,
        reasons=tuple(json.loads(texts[7])),
        valence=float(texts[8]),
        arousal=float(texts[9]),
        key=texts[10],
        bpm=float(texts[11]),
        style=texts[12],
        subject=texts[13],
        medium=texts[14],
        painter=texts[15],
        section=texts[16],
        song=texts[17],
        artists=texts[18],
    )
