"""Texts as vectors: sentence-transformers, with the model in ``search/model`` by default.

Another model is a setting: a folder or a name on the Hugging Face hub. Questions and passages are
encoded each with the prompt that the model wants. A static model, as the embedded one is, runs
without torch (:mod:`search.static`). A further kind of encoder is a class with the members of
:class:`Encoder`.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from kg.errors import NotReadyError
from search.normalise import normalise
from search.static import StaticModel, static_part
from search.words import Words

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

EMBEDDED = "embedded"

# Texts at once: a transformer needs megabytes for each.
_BATCH = 256

# What the vectors depend on; a NOTICE or README may change freely.
_MODEL_FILES = {".bin", ".json", ".model", ".safetensors", ".txt"}

# What the makers of a family of models want put before a question and before a passage, for models
# that do not bring it along as ``prompts``. Qwen3-Embedding brings it; bge-m3 and gte want none.
_PROMPTS = (
    (r"bge-.*-zh", "为这个句子生成表示以用于检索相关文章：", ""),
    (r"bge-.*-en", "Represent this sentence for searching relevant passages: ", ""),
    (r"e5-.*instruct", "Instruct: Retrieve passages that answer the question\nQuery: ", ""),
    (r"e5-", "query: ", "passage: "),
)


class Encoder(Protocol):
    """What the index needs of an encoder."""

    @property
    def name(self) -> str:
        """The model's name, free of machine paths."""

    @property
    def sha256(self) -> str:
        """The hash of the model's files: two encoders with one hash give the same vectors."""

    @property
    def dimension(self) -> int:
        """The number of columns of the vectors."""

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions: float32 ``(len(texts), dimension)``, L2-normalised.

        Row *i* is ``texts[i]``. A text of which the model knows no word is a row of zeros.
        """

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, to be compared with those of questions; as above."""

    @property
    def words(self) -> Words | None:
        """The model's words, None where a word has no vector of its own outside its text."""


class SentenceEncoder:
    """An encoder made of a sentence-transformers model; safe to share between threads."""

    def __init__(self, model: str = "") -> None:
        """Load *model*: empty for the embedded one, else a folder or a name on the hub.

        Raises:
            NotReadyError: the model is not there or is not a sentence-transformers model.
        """
        self.name = _name(model)
        self._model = _load(model or str(_embedded_folder()))
        self.sha256 = _folder_sha256(_folder(model), _add_prompts(self._model, self.name))
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise NotReadyError(f"model {self.name}: gives no fixed number of dimensions")
        self.dimension = int(dimension)
        self.words = Words(self._model) if isinstance(self._model, StaticModel) else None

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, see :meth:`Encoder.encode_query`."""
        return self._encoded(self._model.encode_query, texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, see :meth:`Encoder.encode_document`."""
        return self._encoded(self._model.encode_document, texts)

    def _encoded(self, encode: Callable[[Sequence[str]], Vectors], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = encode([normalise(text) for text in texts])
        return np.ascontiguousarray(vectors, dtype=np.float32)


class _Model(Protocol):
    """What is asked of a model, whichever way it runs."""

    prompts: dict[str, str | None]

    def get_embedding_dimension(self) -> int | None: ...

    def encode_query(self, texts: Sequence[str]) -> Vectors: ...

    def encode_document(self, texts: Sequence[str]) -> Vectors: ...


class _TorchModel:
    """A model that sentence-transformers runs, one thread after the other."""

    def __init__(self, model: str) -> None:
        from sentence_transformers import SentenceTransformer

        self._model: SentenceTransformer = SentenceTransformer(model)
        self.prompts: dict[str, str | None] = self._model.prompts
        self.get_embedding_dimension = self._model.get_embedding_dimension
        # Fast tokenizers refuse to be used by two threads at once ("Already borrowed").
        self._encoding = threading.Lock()

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._encoded(self._model.encode_query, texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return self._encoded(self._model.encode_document, texts)

    def _encoded(self, encode: Callable[..., Any], texts: Sequence[str]) -> Vectors:
        with self._encoding:
            vectors: Vectors = encode(
                texts,
                batch_size=_BATCH,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
        return vectors


def _load(model: str) -> _Model:
    from safetensors import SafetensorError

    try:
        part = static_part(Path(model))
        return _TorchModel(model) if part is None else StaticModel(Path(model), part)
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as problem:
        first_line = str(problem).partition("\n")[0]
        raise NotReadyError(
            f"cannot load the embedding model {_name(model)}: {first_line}; set BUDGETKG_MODEL to "
            "a sentence-transformers folder or hub name, or leave it empty for the embedded model"
        ) from problem


def _embedded_folder() -> Path:
    return Path(str(files("search").joinpath("model")))


def _folder(model: str) -> Path:
    """Return the folder that *model* was loaded from."""
    if not model:
        return _embedded_folder()
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import try_to_load_from_cache

    cached = try_to_load_from_cache(model, "modules.json")
    if not isinstance(cached, str):
        raise NotReadyError(f"model {model}: not a sentence-transformers model (no modules.json)")
    return Path(cached).parent


def _name(model: str) -> str:
    if not model or model == str(_embedded_folder()):
        return EMBEDDED
    return Path(model).resolve().name if Path(model).is_dir() else model


def _add_prompts(model: _Model, name: str) -> Mapping[str, str]:
    """Give *model* the prompts of its family if it brings none, and return what was given."""
    if any(model.prompts.values()):
        return {}
    for family, query, document in _PROMPTS:
        if re.search(family, name, re.IGNORECASE):
            added = {"query": query, "document": document}
            model.prompts |= added
            return added
    return {}


def _folder_sha256(folder: Path, added_prompts: Mapping[str, str]) -> str:
    digest = hashlib.sha256(json.dumps(added_prompts).encode() if added_prompts else b"")
    for path in sorted(path for path in folder.rglob("*") if path.suffix in _MODEL_FILES):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
