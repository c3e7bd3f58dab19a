"""Lines of text on disk, each read where it stands: a text file and the places of its lines.

The file is mapped into memory, so that opening it costs the same at any size, and what nobody asks
for is never read. Lines are UTF-8 and hold no line break.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Sequence
from operator import index
from pathlib import Path
from typing import SupportsIndex, overload

import numpy as np
import numpy.typing as npt


class Lines(Sequence[str]):
    """The lines that :func:`write_lines` wrote; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open the lines at *path*.

        Raises:
            OSError: a file is missing.
            ValueError: the two files do not belong together.
        """
        starts = np.load(_starts(path), mmap_mode="r", allow_pickle=False)
        # A plain view: a slice of a mapped array costs more to make.
        self._starts: npt.NDArray[np.int64] = starts.view(np.ndarray)
        size = path.stat().st_size
        if self._starts.ndim != 1 or not len(self._starts) or self._starts[-1] != size:
            raise ValueError(f"{path.name} does not have the lines that were written")
        with path.open("rb") as file:
            empty = size == 0  # which cannot be mapped
            self._text = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, at: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = index(at)
        if number < 0:
            number += len(self)
        if not 0 <= number < len(self):
            raise IndexError(at)
        begin, end = self._starts[number : number + 2].tolist()
        return self._text[begin : end - 1].decode("utf-8")


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write *lines* to *path*, and where each begins to a file beside it."""
    sizes = [0]
    with path.open("wb") as file:
        sizes.extend(file.write(f"{line}\n".encode()) for line in lines)
    np.save(_starts(path), np.cumsum(sizes, dtype=np.int64), allow_pickle=False)


def _starts(path: Path) -> Path:
    return path.with_suffix(".starts.npy")
