# ruff: noqa: S608 - only constants of ours are put into the statements
"""Mending what `maintenance.verify` finds, where it can be mended from what is left.

It brings no lost picture back: the artwork of one becomes a tombstone.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from artvis.queue import artworks, checks, gaps, jobs, schema
from artvis.queue.blobs import BlobFolder
from artvis.queue.connection import DATABASE, open_writer, translated, writing
from artvis.queue.impressions import put_into_reruns
from artvis.queue.store import BLOBS


def repair(folder: Path, now_s: float | None = None) -> list[str]:
    """Mend the library of a data folder; a sentence for each thing done. Raises StoreError when it cannot be opened."""
    now_ms = int((time.time() if now_s is None else now_s) * 1000)
    if not (folder / DATABASE).exists():
        return []
    blobs = BlobFolder(folder / BLOBS)
    with translated(), closing(open_writer(folder)) as db:
        done = [*_mend_rows(db, now_ms), *_take_out_spoilt(db, blobs, now_ms)]
        swept = _sweep(db, blobs, now_ms)
    return [*done, f"Swept {swept} leftovers."] if swept else done


def _mend_rows(db: sqlite3.Connection, now_ms: int) -> Iterator[str]:
    """Rows that can be made again from others."""
    with writing(db):
        before = len(list(checks.broken_rows(db)))
        if not before:
            return
        db.execute("REINDEX")
        db.execute(f"DELETE FROM pool_item WHERE aid IN ({checks.STRAY_ITEM})")
        for (artwork_id,) in db.execute(checks.UNLEASED).fetchall():
            artworks.roll_back(db, artwork_id)
        db.execute(
            f"""UPDATE pool SET head=(SELECT MAX(seq) FROM pool_item i WHERE i.pool_id=pool.pool_id)
                WHERE id IN ({checks.HEAD_BEHIND})"""
        )
        for (artwork_id,) in db.execute(checks.UNDESCRIBED).fetchall():
            artworks.delete(db, artwork_id, now_ms)
        for (aid,) in db.execute(checks.LOST).fetchall():
            artworks.put_into_pool(db, aid, pool=schema.MINE)
        for (aid,) in db.execute(checks.DOWN_VOTED).fetchall():
            artworks.withdraw(db, aid)
        db.execute(f"DELETE FROM rerun WHERE aid IN ({checks.WRONG_RERUN})")
        for (aid,) in db.execute(checks.MISSING_RERUN).fetchall():
            put_into_reruns(db, aid)
        if any(checks.broken_gaps(db)):
            for (pool,) in db.execute("SELECT pool_id FROM pool").fetchall():
                gaps.rebuild(db, pool=pool)
        yield f"Mended {before - len(list(checks.broken_rows(db)))} of {before} faults of the database."


def _take_out_spoilt(db: sqlite3.Connection, blobs: BlobFolder, now_ms: int) -> Iterator[str]:
    """Artworks whose pictures are lost or are not what was stored."""
    for artwork_id, sha256, size in artworks.stored(db):
        text = blobs.fault(sha256, size)
        if text:
            free = artworks.delete(db, artwork_id, now_ms)
            if free:
                blobs.remove(free)
            yield f"Took out the artwork {artwork_id}: its picture {text}."


def _sweep(db: sqlite3.Connection, blobs: BlobFolder, now_ms: int) -> int:
    """Everything that belongs to nothing; what another process is storing at this moment stays."""
    swept = jobs.sweep(db, now_ms=now_ms) + blobs.sweep(lambda sha256: artworks.uses_blob(db, sha256))
    coming = {path.name[:64] for path in blobs.incoming()}
    for path in list(blobs.all()):
        if path.name not in coming and not artworks.uses_blob(db, path.name):
            path.unlink(missing_ok=True)
            swept += 1
    return swept
