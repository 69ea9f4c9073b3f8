import numpy as np
import pytest

from artvis.audio.clicks import click_period
from artvis.audio.source import BLOCK
from artvis.model.music import SAMPLE_RATE_HZ
from artvis.pipeline.clickear import ClickEar


def test_a_click_arrives_with_its_own_sample_and_not_with_the_middle_of_its_block() -> None:
    """As sound without any delay: a block is written when its last sample has sounded."""
    begun_s, period_s = 100.0, 0.7
    clicks = np.tile(click_period(period_s), 8)
    ear, heard_s = ClickEar(SAMPLE_RATE_HZ), []
    ear.ring.write(np.zeros((BLOCK, 2), np.float32))
    for start in range(0, len(clicks) - BLOCK, BLOCK):
        ear.ring.write(np.repeat(clicks[start : start + BLOCK, None], 2, axis=1))
        heard_s += ear.listen(begun_s + (start + BLOCK) / SAMPLE_RATE_HZ)
    assert heard_s == pytest.approx([begun_s + number * period_s for number in range(len(heard_s))], abs=2e-4)
    assert len(heard_s) == 8
