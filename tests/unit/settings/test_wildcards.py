from pathlib import Path

from artvis.settings.wildcards import read_wildcards


def test_a_list_is_a_file_with_a_choice_a_line(tmp_path: Path) -> None:
    (tmp_path / "places.txt").write_text("\ufeff# mine\n a bay \n\nein Tal über dem Meer\n", encoding="utf-8")
    assert read_wildcards(tmp_path) == {"places": ("a bay", "ein Tal über dem Meer")}


def test_what_is_outside_unreadable_too_big_or_oddly_named_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    folder = tmp_path / "wildcards"
    (folder / "sub.txt").mkdir(parents=True)
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "latin.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "big.txt").write_text("x\n" * 200_000, encoding="utf-8")
    (folder / "a b.txt").write_text("odd", encoding="utf-8")
    (folder / "empty.txt").write_text("# nothing\n", encoding="utf-8")
    (folder / "good.txt").write_text("good", encoding="utf-8")
    assert read_wildcards(folder) == {"good": ("good",)}


def test_a_home_without_the_folder_has_no_lists(tmp_path: Path) -> None:
    assert read_wildcards(tmp_path / "nothing") == {}
