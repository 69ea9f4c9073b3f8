"""Deep listening: structure, mood and a second opinion on the key, in a process of its own.

Nothing here is on the live path, and nothing but `analysis` imports librosa.
"""

from artvis.audio.deep.worker import DeepWorker
from artvis.audio.deepresult import DeepResult, DeepWindow

__all__ = ["DeepResult", "DeepWindow", "DeepWorker"]
