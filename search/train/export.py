"""The trained vectors as a folder that plain ``SentenceTransformer(folder)`` loads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from search.train.table import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

STATIC = "0_StaticEmbedding"
_MODULES = [
    {"idx": 0, "name": "0", "path": STATIC,
     "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize",
     "type": "sentence_transformers.models.Normalize"},
]  # fmt: skip
_LARGEST = 127


def export(tokenizer: Tokenizer, table: Vectors, folder: Path) -> None:
    """Write the model into *folder*; row *i* of *table* is the vector of token *i*.

    The rows are int8 with one float32 factor each, which StaticEmbedding multiplies out.
    """
    from safetensors.numpy import save_file

    (folder / STATIC).mkdir(parents=True, exist_ok=True)
    factors = np.maximum(np.abs(table).max(axis=1) / _LARGEST, 1e-9).astype(np.float32)
    rows = np.round(table / factors[:, np.newaxis]).astype(np.int8)
    save_file({"embeddings": rows, "weights": factors}, folder / STATIC / "model.safetensors")
    tokenizer.save(str(folder / STATIC / "tokenizer.json"), pretty=False)
    _write_json(folder / "modules.json", _MODULES)
    _write_json(folder / "config_sentence_transformers.json", {"similarity_fn_name": "cosine"})


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
