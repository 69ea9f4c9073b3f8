"""Counts the frames of any program from outside: a library that is loaded before its others and notes each swap.

It knows `SDL_GL_SwapWindow` and `glXSwapBuffers`, needs gcc, and changes nothing of what is drawn.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOM = 1 << 20
SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#define ROOM (1 << 20)
static uint64_t *noted;
static void note(void) {
    struct timespec t;
    if (!noted) {
        int file = open(getenv("SWAPS_FILE"), O_RDWR | O_CREAT, 0600);
        if (file < 0 || ftruncate(file, 8 * ROOM)) abort();
        noted = mmap(0, 8 * ROOM, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (noted == MAP_FAILED) abort();
        close(file);
    }
    clock_gettime(CLOCK_MONOTONIC, &t);
    if (noted[0] < ROOM - 1) noted[++noted[0]] = t.tv_sec * 1000000000ull + t.tv_nsec;
}
void SDL_GL_SwapWindow(void *window) {
    static void (*real)(void *);
    if (!real) real = (void (*)(void *))dlsym(RTLD_NEXT, "SDL_GL_SwapWindow");
    real(window);
    note();
}
void glXSwapBuffers(void *display, unsigned long drawable) {
    static void (*real)(void *, unsigned long);
    /* Qt's plugin brings its libraries for itself alone: they are not among the next ones */
    if (!real) real = (void (*)(void *, unsigned long))dlsym(dlopen("libGLX.so.0", RTLD_NOW), "glXSwapBuffers");
    real(display, drawable);
    note();
}
"""


class Swaps:
    """The swaps of one program that is started with `env`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = folder / f"{name}.swaps"
        self.env = {"LD_PRELOAD": str(_library(folder)), "SWAPS_FILE": str(self._file)}

    def times_s(self) -> np.ndarray:
        """The moments (monotonic) at which a swap had returned; shape (n,)."""
        if not self._file.exists() or self._file.stat().st_size < 8 * ROOM:
            return np.zeros(0)
        noted = np.memmap(self._file, np.uint64, mode="r")
        return np.asarray(noted[1 : int(noted[0]) + 1]) / 1e9

    def intervals_ms(self, begin_s: float, end_s: float) -> np.ndarray:
        """Of the frames between two moments, shape (n - 1,)."""
        times_s = self.times_s()
        return 1e3 * np.diff(times_s[(times_s >= begin_s) & (times_s <= end_s)])


def _library(folder: Path) -> Path:
    made = folder / "swaps.so"
    if not made.exists():
        if shutil.which("gcc") is None:
            sys.exit("gcc is missing, which makes the counter of frames: apt-get install gcc")
        command = ["gcc", "-shared", "-fPIC", "-O2", "-x", "c", "-", "-o", str(made), "-ldl"]
        subprocess.run(command, input=SOURCE, text=True, check=True)
    return made
