"""What a minute of sound tells at leisure: mood, key, and which section this is. Runs in the deep process only.

It keeps the sections it has met, so that a letter means the same from window to window, and nothing else.
"""

from typing import Final

import librosa
import numpy as np
import numpy.typing as npt

from artvis.audio.deep.structure import SectionMemory
from artvis.audio.deepresult import DEEP_RATE_HZ, DeepResult, DeepWindow
from artvis.audio.key import best_key

Matrix = npt.NDArray[np.float32]

FFT: Final = 4096
HOP: Final = 2048
FRAMES_A_SECOND: Final = DEEP_RATE_HZ / HOP
MOOD_S: Final = 24.0
"""The mood is that of the last seconds; key and structure are of the whole window."""
SILENT_RMS: Final = 3e-4


class DeepAnalyst:
    """Analyses windows one after another."""

    def __init__(self) -> None:
        self._sections = SectionMemory()

    def warm_up(self) -> None:
        """Runs once on noise, so that whatever has to be compiled is compiled before the first window."""
        noise = np.random.default_rng(0).standard_normal(8 * DEEP_RATE_HZ).astype(np.float32)
        DeepAnalyst().analyse(DeepWindow(noise * np.float32(0.1), 8.0))

    def analyse(self, window: DeepWindow) -> DeepResult | None:
        """None for a window with next to nothing in it."""
        samples = window.samples
        if float(np.sqrt(np.mean(samples**2))) < SILENT_RMS:
            return None
        spectrum = np.abs(librosa.stft(samples, n_fft=FFT, hop_length=HOP))
        mel = librosa.feature.melspectrogram(S=spectrum**2, sr=DEEP_RATE_HZ, n_mels=64)
        timbre = librosa.feature.mfcc(S=librosa.power_to_db(mel, ref=1.0, top_db=None), n_mfcc=13)
        tuning = librosa.estimate_tuning(S=spectrum[:, :: max(1, spectrum.shape[1] // 120)], sr=DEEP_RATE_HZ)
        chroma = librosa.feature.chroma_stft(
            S=spectrum**2, sr=DEEP_RATE_HZ, n_fft=FFT, tuning=tuning, norm=None
        )
        chroma = chroma / (chroma.sum(axis=0) + 1e-9)
        key, confidence, minor_lean = best_key(chroma.mean(axis=1))
        recent = spectrum[:, -int(MOOD_S * FRAMES_A_SECOND) :]
        valence, arousal = _mood(recent, minor_lean)
        label, began_s = self._sections.section_now(
            timbre, chroma, frames_a_second=FRAMES_A_SECOND, end_s=window.end_s
        )
        return DeepResult(window.end_s, valence, arousal, key, confidence, label, began_s)


def _mood(spectrum: Matrix, minor_lean: float) -> tuple[float, float]:
    """(valence, arousal) of a magnitude spectrogram, shape (2049, n), by a regression with written constants.

    Predictors and signs after Eerola, Lartillot & Toiviainen 2009: arousal from loudness, event density, share of
    percussion and brightness; valence from mode, density and brightness, with noise against.
    """
    harmonic, percussive = librosa.decompose.hpss(spectrum)
    level_db = 20 * np.log10(float(np.sqrt((spectrum**2).mean())) * 2 / FFT * 40 + 1e-9)
    percussion = float((percussive**2).sum() / ((harmonic**2).sum() + (percussive**2).sum() + 1e-9))
    rise = np.maximum(np.diff(np.log1p(spectrum), axis=1), 0).mean()
    centroid_hz = float(np.median(librosa.feature.spectral_centroid(S=spectrum, sr=DEEP_RATE_HZ)))
    noise = float(np.median(librosa.feature.spectral_flatness(S=spectrum)))
    loud = np.clip((level_db + 40) / 34, 0, 1)
    busy = np.clip(float(rise) / 0.22, 0, 1)
    bright = np.clip((centroid_hz - 500) / 3000, 0, 1)
    hits = np.clip(percussion / 0.45, 0, 1)
    arousal = 0.34 * loud + 0.28 * busy + 0.22 * hits + 0.16 * bright
    valence = 0.5 - 0.24 * minor_lean + 0.20 * (busy - 0.4) + 0.14 * (bright - 0.4)
    valence -= 0.25 * np.clip((noise - 0.1) / 0.3, 0, 1)
    return float(np.clip(valence, 0, 1)), float(np.clip(arousal, 0, 1))
