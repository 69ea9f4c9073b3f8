"""Headers as the files that are about have them."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artvis.errors import SceneError
from artvis.scene.isf.document import SceneDocument, ScenePass
from artvis.scene.isf.header import MOST_CHARACTERS, read_scene

BODY = "\nvoid main() {}\n"


def read(**header: object) -> SceneDocument:
    return read_scene("/*" + json.dumps(header) + "*/" + BODY, name="ripple")


def test_a_header_becomes_as_many_empty_lines() -> None:
    document = read_scene('// first\n/*{\n"DESCRIPTION": "d",\n"CREDIT": "c"\n}*/ int a;\n', name="ripple")
    assert document.fragment == "// first\n\n\n\n int a;\n"
    assert (document.name, document.description, document.credit) == ("ripple", "d", "c")


def test_every_kind_of_input_comes_with_its_numbers() -> None:
    inputs = [
        {"NAME": "f", "TYPE": "float", "DEFAULT": 0.5, "MIN": -1, "MAX": 2},
        {"NAME": "b", "TYPE": "bool", "DEFAULT": True},
        {"NAME": "l", "TYPE": "long", "VALUES": [1, 5], "DEFAULT": 5},
        {"NAME": "p", "TYPE": "point2D", "DEFAULT": [0.1, 0.2]},
        {"NAME": "c", "TYPE": "color", "DEFAULT": [1, 0, 0]},
        {"NAME": "a", "TYPE": "audioFFT", "MAX": 64},
        {"NAME": "i", "TYPE": "image"},
    ]
    f, b, number, p, c, a, i = read(INPUTS=inputs).inputs
    assert (f.default, f.low, f.high) == ((0.5,), (-1.0,), (2.0,))
    assert (b.default, number.values, number.default) == ((1.0,), (1, 5), (5.0,))
    assert (p.default, c.default) == ((0.1, 0.2), (1.0, 0.0, 0.0, 1.0))
    assert (a.kind, a.columns, i.kind) == ("audioFFT", 64, "image")


def test_passes_know_their_buffers_in_the_new_form_and_in_both_old_ones() -> None:
    kept = ScenePass("b", persistent=True, floating=True, width="4", height="$HEIGHT")
    new = read(PASSES=[{"TARGET": "b", "PERSISTENT": True, "FLOAT": True, "WIDTH": 4}, {}])
    by_name = read(PERSISTENT_BUFFERS={"b": {"FLOAT": 1, "WIDTH": "4"}}, PASSES=[{"TARGET": "b"}, {}])
    listed = read(PERSISTENT_BUFFERS=["b"], PASSES=[{"TARGET": "b", "FLOAT": "true", "WIDTH": "4"}, {}])
    assert new.passes == by_name.passes == listed.passes == (kept, ScenePass())
    assert read().passes == (ScenePass(),)


@pytest.mark.parametrize(
    "imported", [{"x": {"PATH": "./in/x.png"}}, [{"NAME": "x", "PATH": "in//x.png"}], {"x": "in/x.png"}]
)
def test_imported_images_have_a_path_inside_the_folder(imported: object) -> None:
    assert dict(read(IMPORTED=imported).imported) == {"x": "in/x.png"}


@pytest.mark.parametrize(
    "path", ["../x", "a/../../x", "/x", "C:\\x", "a\\..\\x", "\\\\host\\x", "a:b", "a\nb", "~/../x"]
)
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(SceneError, match="not inside the folder"):
        read(IMPORTED={"x": {"PATH": path}})


def test_comments_commas_too_many_bare_points_and_small_letters_are_read() -> None:
    numbers = '"MIN": -.5, "MAX": 2., "DEFAULT": 1.25e-1'
    text = (
        f'/*{{ // c\n"inputs": [{{"NAME": "u", {numbers}, "TYPE": "float", "LABEL": "a // .b, }}"}},], }}*/'
    )
    (entry,) = read_scene(text, name="x").inputs
    assert (entry.low, entry.high, entry.default) == ((-0.5,), (2.0,), (0.125,))


def test_eleven_passes_are_drawn_and_thirty_three_refused() -> None:
    assert len(read(PASSES=[{}] * 11).passes) == 11
    with pytest.raises(SceneError, match="33 passes; 32"):
        read(PASSES=[{}] * 33)


def test_the_kind_follows_from_the_images() -> None:
    def image(name: str) -> dict[str, str]:
        return {"NAME": name, "TYPE": "image"}

    assert read().kind == "generator"
    assert read(INPUTS=[image("inputImage")]).kind == "filter"
    progress = {"NAME": "progress", "TYPE": "float"}
    assert read(INPUTS=[image("startImage"), image("endImage"), progress]).kind == "transition"


def test_the_casting_is_read_from_the_part_of_our_own() -> None:
    casting = read(ARTVIS={"ENERGY": [0.2, 0.6], "FINISH": True}).casting
    assert (casting.energy, casting.finish) == ((0.2, 0.6), True)
    assert (read().casting.energy, read().casting.finish) == ((0.0, 1.0), False)


@pytest.mark.parametrize(
    "text", ["x" * (MOST_CHARACTERS + 1), "/*{}*/\0", "", "/*{}", "/* no */", "/*[1]*/ {"]
)
def test_what_is_no_scene_file_is_refused_with_its_name(text: str) -> None:
    with pytest.raises(SceneError, match=r"^ripple\.fs: "):
        read_scene(text, name="ripple")


words = st.sampled_from(
    ["NAME", "TYPE", "DEFAULT", "MAX", "VALUES", "TARGET", "WIDTH", "FLOAT", "PATH", "x", ""]
)
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers(-9, 2**70) | st.text(max_size=8) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60)
@given(
    header=st.dictionaries(
        st.sampled_from(
            ["INPUTS", "PASSES", "IMPORTED", "PERSISTENT_BUFFERS", "ARTVIS", "CATEGORIES", "CREDIT"]
        ),
        json_values,
    )
)
def test_whatever_a_header_says_it_is_read_or_refused_with_a_sentence(header: dict[str, object]) -> None:
    with suppress(SceneError):
        assert 1 <= len(read(**header).passes) <= 32
