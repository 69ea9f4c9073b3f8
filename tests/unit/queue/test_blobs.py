"""The folder of pictures."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from artvis.errors import DiskFull, StoreError
from artvis.queue.blobs import BlobFolder


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_what_is_put_is_read_under_the_hash_of_its_bytes(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    sha256 = blobs.put(b"a picture")
    assert sha256 == hashlib.sha256(b"a picture").hexdigest()
    assert blobs.read(sha256) == b"a picture"
    assert blobs.put(b"a picture") == sha256
    assert [path.name for path in blobs.all()] == [sha256]
    assert blobs.fault(sha256, 9) == ""


def test_bytes_and_name_and_folder_are_on_disk_before_put_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def watch(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name[:6])
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    sha256 = BlobFolder(tmp_path / "blobs").put(b"x")
    name = sha256[:6]
    # marker, its folder, the bytes, the new fan folder's parent, and the fan folder after the rename
    assert synced == [name, "incomi", name, "blobs", sha256[:2]]


def test_a_blob_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    with pytest.raises(StoreError, match="cannot be read"):
        blobs.read("0" * 64)
    assert "cannot be read" in blobs.fault("0" * 64, 1)


def test_a_blob_that_was_changed_is_noticed(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    sha256 = blobs.put(b"a picture")
    assert blobs.fault(sha256, 8) == "is not what was stored"
    blobs.path(sha256).write_bytes(b"A picture")
    assert blobs.fault(sha256, 9) == "is not what was stored"


@pytest.mark.parametrize("written_before", [0, 1, 2])
def test_a_full_disk_leaves_no_half_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written_before: int
) -> None:
    blobs = BlobFolder(tmp_path)
    blobs.put(b"first")
    blobs.settle(lambda _: True)
    before = _names(tmp_path)
    synced: list[int] = []

    def full(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) > written_before:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match="the disk is full"):
        blobs.put(b"second")
    monkeypatch.undo()
    assert _names(tmp_path) == before
    assert not blobs.unsettled, "nothing is left to be asked for with each question"


def test_a_marker_goes_when_the_row_is_committed_and_not_before(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    sha256 = blobs.put(b"x")
    blobs.settle(lambda _: False)
    assert [path.name for path in blobs.incoming()] == [f"{sha256}.new"]
    assert blobs.unsettled
    blobs.settle(lambda name: name == sha256)
    assert blobs.incoming() == []
    assert not blobs.unsettled


def test_what_is_taken_back_leaves_nothing_but_what_another_process_is_putting(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    own, of_another = blobs.put(b"own"), blobs.put(b"of another")
    (tmp_path / "incoming" / f"{of_another}.new").write_text("1:0:this-boot")
    for sha256 in (own, of_another, own):
        blobs.take_back(sha256)
    assert [path.name for path in blobs.all()] == [of_another]
    assert [path.name for path in blobs.incoming()] == [f"{of_another}.new"]
    assert not blobs.unsettled


def test_what_a_dead_process_left_is_swept_and_what_has_a_row_stays(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    kept, orphan, alive = blobs.put(b"kept"), blobs.put(b"orphan"), blobs.put(b"alive")
    for sha256 in (kept, orphan):
        (tmp_path / "incoming" / f"{sha256}.new").write_text("1:0:another-boot")
    (tmp_path / "incoming" / f"{orphan}.0a0b0c0d.part").write_bytes(b"orp")
    (tmp_path / "incoming" / f"{alive}.0a0b0c0d.part").write_bytes(b"ali")
    removing, removed = (tmp_path / "incoming" / f"{digit * 64}.0a0b0c0d.part" for digit in "12")
    removing.write_bytes(b"x")
    removed.write_bytes(b"x")
    os.utime(removed, (0, 0))
    assert blobs.sweep(lambda name: name == kept) == 4
    assert {path.name for path in blobs.all()} == {kept, alive}
    left = [f"{alive}.0a0b0c0d.part", f"{alive}.new", removing.name]
    assert [path.name for path in blobs.incoming()] == sorted(left)


def test_a_blob_that_nobody_uses_is_removed_and_one_that_is_being_put_stays(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    sha256 = blobs.put(b"x")
    blobs.remove(sha256)
    assert blobs.read(sha256) == b"x"
    blobs.settle(lambda _: True)
    blobs.remove(sha256)
    assert list(blobs.all()) == []
    assert blobs.incoming() == []
    blobs.remove(sha256)
