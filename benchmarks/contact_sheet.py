"""A contact sheet of our scenes on calm, middling and wild music, or of our transitions a quarter, half and most of the way.

`python benchmarks/contact_sheet.py scenes docs/images/scenes.jpg`, or `transitions docs/images/transitions.jpg`. The
pictures are painted here, the music stands in for real music; nothing is timed.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from artvis.model.artwork import Pixels
from artvis.painters import PaintMood, paint
from artvis.palette import for_music, of_picture
from artvis.paths import resource_folder
from artvis.pipeline.scenefiles import files_in, read
from artvis.render.engine import Engine
from artvis.render.headless import open_headless, read_pixels
from artvis.scene.flashguard import FlashRecord
from artvis.scene.isf.document import StagedScene
from artvis.scene.kenburns import look
from artvis.scene.standin import stand_in
from artvis.scene.uniforms import Uniforms, rgb_palette

SIZE = (640, 360)
TILE = (256, 144)
LABEL, GAP = 20, 4
FPS = 30
FROM_S, SHOWN_S = 3.0, 6.1
"""Feedback needs a few seconds; what is seen then is a tenth of a second after a beat."""
PAINTED = (
    ("horizon", 0.85, 0.5, "D major", 12),
    ("flow", 0.5, 0.7, "E major", 4),
    ("horizon", 0.85, 0.4, "B major", 21),
    ("horizon", 0.15, 0.85, "F minor", 9),
)
"""Painter, valence, arousal, key, seed."""
MUSIC = {"calm": (0.12, 0.4), "mid": (0.5, 0.65), "wild": (0.95, 1.0)}
"""Energy and motion."""
PROGRESS = (0.25, 0.5, 0.75)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("scenes", "transitions"))
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="names, with commas")
    parser.add_argument("--quality", type=int, default=63)
    asked = parser.parse_args(arguments)
    kinds = {"transition"} if asked.what == "transitions" else {"filter", "generator"}
    staged = [read(file) for file in files_in(resource_folder() / "scenes", built_in=True)]
    chosen = [
        each
        for each in staged
        if each.document.kind in kinds and (not asked.only or each.name in asked.only.split(","))
    ]
    chosen.sort(key=lambda each: (sum(each.document.casting.energy), each.name))
    rows = [(each.name, list(tiles)) for each, tiles in zip(chosen, drawn(chosen), strict=True)]
    heads = list(MUSIC) if asked.what == "scenes" else [f"{share:.0%}" for share in PROGRESS]
    sheet(rows, heads).save(asked.out, quality=asked.quality, optimize=True, progressive=True)
    print(f"{asked.out}: {len(rows)} {asked.what}, {asked.out.stat().st_size / 1000:.0f} kB")


def drawn(chosen: Sequence[StagedScene]) -> Iterator[Iterator[Pixels]]:
    """Of each scene or transition its pictures, every one on the next painting."""
    ctx = open_headless()
    # Not a show: its pictures follow each other as no guard would let them.
    engine = Engine(ctx, built_in=np.zeros((90, 160, 3), np.uint8), flashes=FlashRecord(guarded=False))
    target = ctx.framebuffer(color_attachments=[ctx.texture(SIZE, 4)])
    palettes = {}
    for number, (painter, valence, arousal, key, seed) in enumerate(PAINTED):
        mood = PaintMood(valence, arousal, 60 + 90 * arousal, 1000 + 3000 * arousal, 8 * arousal)
        pixels = paint(painter, mood, for_music(key, valence, arousal, seed), seed, (1536, 864))
        palettes[str(number)] = rgb_palette(of_picture(pixels))
        engine.offer(str(number), pixels)
        engine.upload_all()
    for number, staged in enumerate(chosen):
        engine.offer_scene(staged)
        engine.prepare_all()
        if staged.key not in engine.playable:
            raise SystemExit(f"{staged.name} cannot be drawn")
        art = str(number % len(PAINTED)), str((number + 1) % len(PAINTED))

        def picture(moments: Iterator[Uniforms]) -> Pixels:
            for moment in moments:
                engine.draw(moment, target, SIZE)
            return read_pixels(target)

        ways = _shares(staged, art) if staged.document.kind == "transition" else _musics(staged, art)
        yield (picture(replace(each, palette=palettes[art[0]]) for each in moments) for moments in ways)
    engine.release()
    ctx.release()


def _musics(staged: StagedScene, art: tuple[str, str]) -> Iterator[Iterator[Uniforms]]:
    for energy, motion in MUSIC.values():
        yield (_moment(t_s, energy, motion, staged, art[0]) for t_s in _times())


def _moment(t_s: float, energy: float, motion: float, staged: StagedScene, art: str) -> Uniforms:
    lively = stand_in(t_s, 1 / FPS, scene=staged.key, art=(art, art))
    since_s = t_s % 0.5
    return replace(
        lively,
        view_a=look(1, 14.0, (0.5, 0.5)),
        energy=energy,
        motion=motion,
        bass=lively.bass * (0.3 + 0.7 * energy),
        mid=lively.mid * (0.5 + energy),
        treble=lively.treble * (0.5 + energy),
        since_beat_s=since_s if since_s >= 0.9 / FPS else 0.0,
        beat_strength=0.35 + 0.65 * energy,
        beat_pulse=lively.beat_pulse * (0.35 + 0.65 * energy),
        drift_s=12.0 + motion * t_s,
        waveform=lively.waveform * np.float32(0.3 + 0.7 * energy),
        fft=lively.fft * np.float32(0.5 + 0.5 * energy),
        spectrum=lively.spectrum * np.float32(0.2 + 0.8 * energy),
    )


def _shares(staged: StagedScene, art: tuple[str, str]) -> Iterator[Iterator[Uniforms]]:
    for share in PROGRESS:
        moment = stand_in(SHOWN_S, 1 / FPS, transition=staged.key, art=art, fade=share)
        yield iter([replace(moment, view_a=look(1, 14.0, (0.5, 0.5)), view_b=look(2, 14.0, (0.5, 0.5)))] * 2)


def _times() -> Iterator[float]:
    return (frame / FPS for frame in range(round(FROM_S * FPS), round(SHOWN_S * FPS) + 1))


def sheet(rows: Sequence[tuple[str, Sequence[Pixels]]], heads: Sequence[str]) -> Image.Image:
    """Two blocks beside each other, each row with its name below."""
    across = len(heads) * (TILE[0] + GAP)
    half = (len(rows) + 1) // 2
    image = Image.new("RGB", (2 * across + 3 * GAP, LABEL + half * (TILE[1] + LABEL)), (18, 18, 20))
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(13)
    for block in range(2):
        for column, head in enumerate(heads):
            draw.text(
                (block * (across + 3 * GAP) + column * (TILE[0] + GAP) + 4, 2), head, (150, 150, 155), font
            )
    for number, (name, tiles) in enumerate(rows):
        left, top = number // half * (across + 3 * GAP), LABEL + number % half * (TILE[1] + LABEL)
        for column, pixels in enumerate(tiles):
            tile = Image.fromarray(pixels).resize(TILE, Image.Resampling.LANCZOS)
            image.paste(tile, (left + column * (TILE[0] + GAP), top))
        draw.text((left + 4, top + TILE[1] + 2), name, (225, 225, 228), font)
    return image


if __name__ == "__main__":
    main(sys.argv[1:])
