"""Writes trained weights as artvis reads them: compressed, in 16 bits.

python training/store.py TRAINED.npz artvis/audio/beatnet.npz
"""

import sys

import numpy as np

if __name__ == "__main__":
    with np.load(sys.argv[1]) as trained:
        np.savez_compressed(sys.argv[2], **{name: trained[name].astype(np.float16) for name in trained.files})
