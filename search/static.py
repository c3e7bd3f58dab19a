"""A static model: a text's vector is the sum of those of its words, which takes no torch.

The folder is one that sentence-transformers writes for a ``StaticEmbedding``, model2vec's included,
and the vectors are those that it gives, L2-normalised, in a third of its time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

_DOCUMENT_PROMPTS = ("document", "passage", "corpus")


def static_part(folder: Path) -> Path | None:
    """Return where in *folder* the words of a static model are, None if it is no such model.

    Raises:
        ValueError: the list of modules in *folder* is damaged.
    """
    path = folder / "modules.json"
    modules = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
    if kinds[:1] != ["StaticEmbedding"] or kinds[1:] not in ([], ["Normalize"]):
        return None
    return folder / str(modules[0]["path"])


class StaticModel:
    """The words of a static model, each with a vector; safe to share between threads.

    *table*, float32 ``(words, dimension)``, has the vector of each number that *tokenizer* gives.
    """

    def __init__(self, folder: Path, part: Path) -> None:
        """Read the model in *folder*, whose words are in *part*.

        Raises:
            OSError, ValueError, KeyError, TypeError, SafetensorError: a file is damaged.
        """
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self.prompts: dict[str, str | None] = _prompts(folder)
        self.tokenizer = Tokenizer.from_str((part / "tokenizer.json").read_text("utf-8"))
        self.tokenizer.no_padding()
        self.table = _table(load_file(part / "model.safetensors"))

    def get_embedding_dimension(self) -> int:
        """Return the number of columns of the vectors."""
        return int(self.table.shape[1])

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, L2-normalised."""
        return self._encoded(texts, self.prompts.get("query"))

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, L2-normalised."""
        named = (self.prompts[name] for name in _DOCUMENT_PROMPTS if name in self.prompts)
        return self._encoded(texts, next(named, None))

    def _encoded(self, texts: Sequence[str], prompt: str | None) -> Vectors:
        from scipy.sparse import csr_array

        found = self.tokenizer.encode_batch_fast(
            [prompt + text for text in texts] if prompt else list(texts), add_special_tokens=False
        )
        words = [each.ids for each in found]
        starts = np.cumsum([0, *map(len, words)], dtype=np.int64)
        columns = np.fromiter(chain.from_iterable(words), dtype=np.int64, count=int(starts[-1]))
        once = np.ones(len(columns), dtype=np.float32)
        # A sparse matrix adds up rows of the table without copying each word's first.
        shape = (len(texts), len(self.table))
        sums: Vectors = csr_array((once, columns, starts), shape=shape) @ self.table
        lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))[:, np.newaxis]
        sums /= np.maximum(lengths, np.float32(1e-12))
        return sums


def _prompts(folder: Path) -> dict[str, str | None]:
    path = folder / "config_sentence_transformers.json"
    stated = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return dict(stated.get("prompts", {}))


def _table(stored: dict[str, npt.NDArray[Any]]) -> Vectors:
    """Return a row for each word; model2vec shares rows between words and weighs them apart."""
    if "embedding.weight" in stored:
        return np.ascontiguousarray(stored["embedding.weight"], dtype=np.float32)
    table = stored["embeddings"]
    if "mapping" in stored:
        table = table[stored["mapping"]]
    weights = stored.get("weights", np.ones(len(table), dtype=np.float32))
    return np.ascontiguousarray(table * weights[:, np.newaxis], dtype=np.float32)
