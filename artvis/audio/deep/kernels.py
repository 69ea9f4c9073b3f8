"""librosa, without the compiled kernels that nothing here calls: ready in 1.5 s of CPU, where a cold start took 12.

It changes nothing of what is called: a kernel that was left out raises when it is used.
"""

from collections.abc import Callable
from typing import Any, NoReturn

import numba

__all__ = ["librosa"]


def _left_out(*_signatures: Any, **_options: Any) -> Callable[[Callable[..., Any]], Callable[..., NoReturn]]:
    """Stands in for numba.guvectorize, which compiles each of its signatures where it stands."""

    def leave_out(kernel: Callable[..., Any]) -> Callable[..., NoReturn]:
        def refuse(*_: Any, **__: Any) -> NoReturn:
            raise NotImplementedError(f"{kernel.__name__} is not compiled here")

        return refuse

    return leave_out


def _import_all() -> Any:
    """Loads at once what librosa would load on first use, while the decorator rests."""
    kept = numba.guvectorize
    numba.guvectorize = _left_out
    try:
        import librosa
        import librosa.core.spectrum
        import librosa.decompose
        import librosa.feature.rhythm
        import librosa.feature.spectral
        import librosa.onset
    finally:
        numba.guvectorize = kept
    return librosa


librosa = _import_all()
