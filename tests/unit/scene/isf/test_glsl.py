"""The translation, where reading the text says more than a picture would."""

import re
from contextlib import suppress

import pytest

from artvis.errors import SceneError
from artvis.scene.isf.bombs import bomb_in
from artvis.scene.isf.faults import compile_error
from artvis.scene.isf.glsl import OWN_LINE, Images, Translator
from artvis.scene.isf.header import read_scene
from artvis.scene.isf.shaders import steps

IMAGES = Images(framed=frozenset({"art"}), plain=frozenset({"wave"}))


def translated(text: str) -> str:
    return Translator("x.fs", "fragment", IMAGES, frozenset({"mix"})).translate(text)


def test_an_image_is_read_within_its_rectangle_and_a_buffer_is_not() -> None:
    assert translated("IMG_NORM_PIXEL(art, p)") == "artvis_framed(art, artvis_rect_art,  p)"
    assert translated("IMG_PIXEL(wave, f(a, b))") == "texture(wave, ( f(a, b)) / artvis_size_wave)"
    assert translated("IMG_SIZE( art )") == "artvis_size_art"


def test_lines_stay_where_they_are() -> None:
    text = "a\n/* b\n\n*/ IMG_PIXEL(\n  art,\n  // c, )\n  p\n) d\n#define E(x) \\\n  x\n#version 100\ng"
    lines = translated(text).split("\n")
    assert len(lines) == len(text.split("\n"))
    assert lines[-1] == "g"
    assert "E(x)" in lines[8]


@pytest.mark.parametrize(
    "use", ["blur(art)", "#define ch art", "textureSize(art, 0)", "texture2DProj(art, p)"]
)
def test_an_image_that_is_handed_about_is_made_a_plain_one_first(use: str) -> None:
    translator = Translator("x.fs", "fragment", IMAGES)
    translator.translate(use)
    assert translator.loose == {"art"}


def test_a_name_inside_another_is_left_alone() -> None:
    assert (
        translated("artful.texture2Dx = myart + gl_FragColorful;")
        == "artful.texture2Dx = myart + gl_FragColorful;"
    )
    assert translated("mix(a, b, mix)") == "mix(a, b, isf_mix)"


def test_the_index_of_a_pass_is_known_when_it_is_compiled() -> None:
    document = read_scene('/*{"PASSES": [{"TARGET": "a"}, {}]}*/\nvoid main() {}', name="x")
    assert [re.search(r"#define PASSINDEX (\d)", each.fragment)[1] for each in steps(document)] == ["0", "1"]


def test_a_last_pass_with_a_buffer_that_something_reads_is_shown_by_one_more() -> None:
    header = '/*{"PASSES": [{"TARGET": "a", "PERSISTENT": true}]}*/\n'
    read, unread = (read_scene(header + body, name="x") for body in ("IMG_THIS_PIXEL(a)", "x"))
    assert [each.drawn.target for each in steps(read)] == ["a", ""]
    assert [each.drawn.target for each in steps(unread)] == [""]


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("\nfragment_shader\n===\n0:12(5): error: `foo' undeclared\n", "x.fs:12: `foo' undeclared"),
        ("fragment_shader\n===\n0:3(1): warning: odd\n0:9(1): error: bad\n", "x.fs:9: bad"),
        ("vertex_shader\n===\n0(7) : error C1008: undefined variable\n", "x.vs:7: undefined variable"),
        ("fragment_shader\n===\nERROR: 0:4: 'b' : syntax error\n", "x.fs:4: 'b' : syntax error"),
        (f"fragment_shader\n===\n0:{OWN_LINE}(1): error: no 'artvis_main'\n", "x.fs: no 'main'"),
        ("GLSL Linker failed\n\nProgram\n=======\nerror: Too many samplers\n", "x.fs: Too many samplers"),
        ("", "x.fs: the driver gives no reason"),
    ],
)  # fmt: skip
def test_what_drivers_say_becomes_a_sentence_with_the_line(log: str, sentence: str) -> None:
    assert str(compile_error("x", log)) == sentence


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("void main() {\n while (true) { x++; }\n}", 2),
        ("for (int i = 0;;i++)\n x();", 1),
        ("for (;true;) { if (a) { b(); } }", 1),
        ("\n" + "".join(f"#define A{i} A{i + 1} A{i + 1}\n" for i in range(20)), 2),
        ("while (true) { if (done) break; }", None),
        ("for (;;) { return; }", None),
        ("do { x++; } while (true);", None),
        ("while (x < 3) x++; for (int i = 0; i < 9; ) i++;", None),
        ("#define A A\n#define B C\n#define C B\n", None),
    ],
)  # fmt: skip
def test_only_what_can_have_no_end_is_refused(text: str, line: int | None) -> None:
    found = bomb_in(text)
    assert (found and found[0]) == line


@pytest.mark.parametrize("word", ["IMG_PIXEL(art,", "(", "for(", "/*", "\\\n", "while(true){"])
def test_hostile_text_ends_in_time_that_grows_with_its_length_only(word: str) -> None:
    with suppress(SceneError):  # the square of its length would be hours
        assert translated(word * (100_000 // len(word)))
