"""What inputs are set to."""

from dataclasses import replace

import numpy as np
import pytest

from artvis.scene.isf.document import SceneInput
from artvis.scene.isf.driving import driven, resting, sound_image
from artvis.scene.uniforms import Uniforms

LOUD = replace(
    Uniforms(),
    bass=0.5,
    fade=0.25,
    drift_s=70.0,
    since_beat_s=9.0,
    palette=((0.1, 0.2, 0.3),) * 6,
    presence=0.5,
)


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        (SceneInput("bass", "float"), 0.5),
        (SceneInput("bass", "float", low=(2.0,), high=(4.0,)), 3.0),
        (SceneInput("bass", "float", low=(1.0,), high=(-1.0,)), 0.0),
        (SceneInput("progress", "float"), 0.25),
        (SceneInput("presence", "float"), 0.5),
        (SceneInput("drift", "float", low=(0.0,), high=(1.0,)), 70.0),
        (SceneInput("sinceBeat", "float"), 2.0),
        (SceneInput("palette3", "color"), (0.1, 0.2, 0.3, 1.0)),
    ],
)
def test_the_show_moves_what_it_knows_by_name(entry: SceneInput, value: object) -> None:
    drive = driven(entry)
    assert drive is not None
    assert drive(LOUD) == value


@pytest.mark.parametrize(
    "entry", [SceneInput("speed", "float"), SceneInput("bass", "bool"), SceneInput("palette6", "color")]
)
def test_other_inputs_stay_as_they_are(entry: SceneInput) -> None:
    assert driven(entry) is None


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        (SceneInput("x", "float", default=(9.0,), low=(0.0,), high=(1.0,)), (9.0,)),
        (SceneInput("x", "float", low=(2.0,), high=(4.0,)), (3.0,)),
        (SceneInput("x", "float"), (0.5,)),
        (SceneInput("x", "event", default=(1.0,)), (0.0,)),
        (SceneInput("x", "long", values=(3, 1)), (3.0,)),
        (SceneInput("x", "point2D", low=(0.0, 2.0), high=(1.0, 4.0)), (0.5, 3.0)),
        (SceneInput("x", "color"), (1.0, 1.0, 1.0, 1.0)),
    ],
)
def test_what_nothing_moves_rests_at_its_default_or_in_the_middle(entry: SceneInput, value: object) -> None:
    assert resting(entry) == value


def test_silence_is_a_half_in_the_waveform_and_nothing_in_the_spectrum() -> None:
    assert (sound_image(SceneInput("a", "audio"), Uniforms()) == 0.5).all()
    assert (sound_image(SceneInput("a", "audioFFT"), Uniforms()) == 0.0).all()


def test_sound_images_have_a_row_a_channel_and_at_most_max_columns() -> None:
    wave = np.stack([np.full(512, 1.0), np.full(512, -0.5)]).astype(np.float32)
    spectrum = np.repeat(np.arange(8) / 8, 64).astype(np.float32)
    heard = replace(Uniforms(), waveform=wave, fft=spectrum)
    small = sound_image(SceneInput("a", "audio", columns=100), heard)
    assert small.shape == (2, 100)
    assert small[:, 50].tolist() == [1.0, 0.25]
    assert (
        sound_image(SceneInput("a", "audioFFT", columns=8), heard)[0].tolist() == (np.arange(8) / 8).tolist()
    )
    assert sound_image(SceneInput("a", "audioFFT", columns=9999), heard).shape == (1, 512)
