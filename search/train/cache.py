"""Results of long steps, kept by what they were made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]


def fingerprint(*inputs: object) -> str:
    """Return the SHA-256 of *inputs*: arrays by their bytes, all else as JSON."""
    digest = hashlib.sha256()
    for value in inputs:
        if isinstance(value, np.ndarray):
            digest.update(f"{value.dtype}{value.shape}".encode())
            digest.update(np.ascontiguousarray(value).tobytes())
        else:
            digest.update(json.dumps(value, sort_keys=True).encode())
        digest.update(b"\0")
    return digest.hexdigest()


def kept(folder: Path, step: str, key: str, make: Callable[[], Array]) -> Array:
    """Return what *make* gives, from *folder* if *step* was done for *key* before.

    *key* is the :func:`fingerprint` of all that the result follows from.
    """
    path = folder / f"{step}-{key[:16]}.npy"
    if not path.is_file():
        made = make()
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            np.save(file, made, allow_pickle=False)
        unfinished.replace(path)
    stored: Array = np.load(path, allow_pickle=False)
    return stored
