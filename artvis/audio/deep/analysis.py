"""What a minute of sound tells at leisure: mood, key, tempo, and which section this is. Runs in the deep process only.

It keeps the sections it has met, so that a letter means the same from window to window, and nothing else.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from artvis.audio.chroma import DECIMATION, LONG_FFT, NoteFolder
from artvis.audio.deep.kernels import librosa
from artvis.audio.deep.structure import SectionMemory
from artvis.audio.deep.tempo import ONSET_HOP, tempo_opinion
from artvis.audio.deepresult import DEEP_RATE_HZ, DeepResult, DeepWindow
from artvis.audio.key import best_key
from artvis.audio.mood import MoodFacts, arousal, share, valence

Matrix = npt.NDArray[np.float32]

FFT: Final = LONG_FFT * DECIMATION * DEEP_RATE_HZ // 44_100
"""0.37 s, with the bins that NoteFolder takes."""
HOP: Final = 2048
FRAMES_A_SECOND: Final = DEEP_RATE_HZ / HOP
MOOD_S: Final = 24.0
"""The mood is that of the last seconds; key, tempo and structure are of the whole window."""
SILENT_RMS: Final = 1e-4
"""-80 dBFS."""
SHORT_FFT: Final = 1024


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
        short = librosa.feature.melspectrogram(
            y=samples, sr=DEEP_RATE_HZ, n_fft=SHORT_FFT, hop_length=ONSET_HOP, n_mels=64
        )
        decibels = librosa.power_to_db(short, ref=1.0, top_db=None)
        envelope = librosa.onset.onset_strength(S=decibels, sr=DEEP_RATE_HZ)
        bpm, bpm_confidence = tempo_opinion(envelope)
        spectrum = np.abs(librosa.stft(samples, n_fft=FFT, hop_length=HOP))
        harmonic, percussive = librosa.decompose.hpss(
            spectrum[: NoteFolder.LAST_BIN + 1]
        )  # the rest is costly
        chords, bass = _notes(harmonic * np.float32(4.0 / FFT))  # a Hann window sums to half its length
        key, confidence, minor_lean = best_key(chords.T, bass.T)
        recent = slice(-int(MOOD_S * FRAMES_A_SECOND), None)
        facts = MoodFacts(
            lufs=_level_db(samples[-int(MOOD_S * DEEP_RATE_HZ) :]),
            onset_rate_hz=_onset_rate_hz(envelope[-int(MOOD_S * DEEP_RATE_HZ / ONSET_HOP) :]),
            bpm=bpm if bpm_confidence >= 0.5 else 0.0,
            centroid_hz=float(
                np.median(librosa.feature.spectral_centroid(S=spectrum[:, recent], sr=DEEP_RATE_HZ))
            ),
            minor_lean=minor_lean * confidence,
            noise=share(float(np.median(librosa.feature.spectral_flatness(S=spectrum[:, recent]))), 0.1, 0.4),
            pulse=bpm_confidence,
            percussion=_share_of(percussive[:, recent], harmonic[:, recent]),
        )
        timbre = librosa.feature.mfcc(S=decibels, n_mfcc=13)
        label, began_s = self._sections.section_now(
            librosa.util.fix_length(timbre[:, :: HOP // ONSET_HOP], size=chords.shape[1], mode="edge"),
            chords,
            frames_a_second=FRAMES_A_SECOND,
            end_s=window.end_s,
        )
        return DeepResult(
            window.end_s, valence(facts), arousal(facts), key, confidence, label, began_s, bpm, bpm_confidence
        )


def _notes(spectrum: Matrix) -> tuple[Matrix, Matrix]:
    """Chroma of chords and of the bass of an amplitude spectrogram, each of shape (12, frames)."""
    folder = NoteFolder()
    tones = [folder.step(column) for column in spectrum[folder.FIRST_BIN : folder.LAST_BIN + 1].T]
    return np.array([tone.chords for tone in tones]).T, np.array([tone.bass for tone in tones]).T


def _level_db(samples: Matrix) -> float:
    """Roughly LUFS, of both channels alike: unweighted power, 3 dB for the second channel."""
    return 10 * float(np.log10(np.mean(samples**2) + 1e-12)) + 3.0


def _onset_rate_hz(envelope: Matrix) -> float:
    """Peaks of the onset envelope a second: over both neighbours, and clearly over the mean."""
    middle = envelope[1:-1]
    peaks = (
        (middle > envelope[:-2])
        & (middle >= envelope[2:])
        & (middle > envelope.mean() + 0.5 * envelope.std())
    )
    return float(peaks.sum()) / (len(envelope) * ONSET_HOP / DEEP_RATE_HZ)


def _share_of(part: Matrix, rest: Matrix) -> float:
    power = float((part**2).sum())
    return power / (power + float((rest**2).sum()) + 1e-12)
