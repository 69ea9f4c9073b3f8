"""Fills the disk of a library, then votes on it; prints what happened as JSON.

python full_disk.py FOLDER      with FOLDER on a small file system
"""

import json
import sys
import time
from pathlib import Path

from artvis.errors import DiskFull
from artvis.model.artwork import ArtworkDetail
from artvis.queue import artworks, maintenance, sessions, votes
from artvis.queue.store import Store


def main(folder: Path) -> dict[str, object]:
    store = Store(folder)
    now_ms = int(time.time() * 1000)
    session = store.run(sessions.canonical, proposal=None, now_ms=now_ms).id
    made: list[str] = []
    sentence = ""
    while not sentence and len(made) < 500:
        begun = store.run(artworks.begin, session_id=session, now_ms=now_ms)
        try:
            made.append(_paint(store, begun, len(made), now_ms))
        except DiskFull as full:
            sentence = str(full)
            store.run(artworks.roll_back, begun)
    for artwork_id in made:
        store.run(votes.cast, artwork_id=artwork_id, value=1, now_ms=now_ms)
    store.close()
    findings = [finding.text for finding in maintenance.verify(folder) if not finding.note]
    store = Store(folder)
    live = store.run(artworks.list_artworks, limit=1000)
    store.close()
    return {
        "sentence": sentence,
        "made": len(made),
        "kept": sorted(artwork.id for artwork in live) == sorted(made),
        "votes": sum(artwork.vote for artwork in live),
        "findings": findings,
    }


def _paint(store: Store, begun: str, n: int, now_ms: int) -> str:
    data = bytes([n % 256]) * 100_000 + n.to_bytes(4, "big")
    store.run(
        artworks.complete,
        begun,
        sha256=store.blobs.put(data),
        size_bytes=len(data),
        width=16,
        height=9,
        detail=ArtworkDetail("painter"),
        now_ms=now_ms,
    )
    return begun


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
