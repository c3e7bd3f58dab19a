"""Training: texts that mean the same are drawn together, all others of the batch apart.

In-batch contrastive learning (InfoNCE, both directions) of one vector per word. The norm of a
word's vector is learnt with it, and so how much the word counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from search.train.cache import fingerprint
from search.train.recipe import Recipe
from search.train.table import Vectors

if TYPE_CHECKING:
    from torch import Tensor
    from torch.nn import EmbeddingBag

Tokens = Sequence[Sequence[int]]
Batch = tuple[str, list[int]]


@dataclass(frozen=True, slots=True)
class Source:
    """Pairs of texts that mean the same, as tokens: text *i* of *left* and of *right*.

    *meanings*, where known, is the teacher's vector of each pair in the model's space, float32
    ``(len(left), dim)``, rows L2-normalised; both texts are drawn to it too.
    """

    left: Tokens
    right: Tokens
    meanings: Vectors | None = None

    def fingerprint(self) -> str:
        """Return a hash of what is trained on."""
        return fingerprint(self.left, self.right, self.meanings)


def train(
    table: Vectors,
    sources: Mapping[str, Source],
    recipe: Recipe,
    progress: Callable[[int, int], None],
) -> Vectors:
    """Return *table* trained on *sources*; row 0, the unknown word, stays zero.

    *progress* is told how many batches are done, of how many.
    """
    import torch
    from torch.nn import EmbeddingBag

    bag = EmbeddingBag.from_pretrained(
        torch.from_numpy(table.copy()), freeze=False, mode="mean", sparse=True
    )
    rate = recipe.learning_rate * float(np.abs(table).mean())
    optimizer = torch.optim.SparseAdam(list(bag.parameters()), lr=rate)
    batches = _batches(sources, recipe)
    for done, (name, rows) in enumerate(batches, 1):
        loss = _source_loss(bag, sources[name], rows, recipe)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no types here
        optimizer.step()  # type: ignore[no-untyped-call]  # nor here
        with torch.no_grad():
            bag.weight[0] = 0
        progress(done, len(batches))
    trained: Vectors = bag.weight.detach().numpy().copy()
    return trained


def _source_loss(bag: EmbeddingBag, source: Source, rows: list[int], recipe: Recipe) -> Tensor:
    import torch

    left = _encode(bag, [source.left[row] for row in rows])
    right = _encode(bag, [source.right[row] for row in rows])
    loss = _loss(left, right, recipe.temperature)
    if source.meanings is not None:
        meant = torch.from_numpy(source.meanings[rows])
        drawn = _loss(left, meant, recipe.temperature) + _loss(right, meant, recipe.temperature)
        loss = loss + recipe.teacher_share * drawn
    return loss


def _batches(sources: Mapping[str, Source], recipe: Recipe) -> list[Batch]:
    """Return the batches of all epochs, each of one source, in the order of training."""
    generator = np.random.default_rng(recipe.seed)
    batches: list[Batch] = []
    for _ in range(recipe.epochs):
        epoch: list[Batch] = []
        for name, source in sources.items():
            order = generator.permutation(len(source.left)).tolist()
            starts = range(0, len(order), recipe.batch)
            epoch += [(name, order[start : start + recipe.batch]) for start in starts]
        batches += [epoch[place] for place in generator.permutation(len(epoch))]
    return batches


def _encode(bag: EmbeddingBag, texts: Tokens) -> Tensor:
    import torch
    from torch.nn.functional import normalize

    starts = np.cumsum([0, *(len(text) for text in texts)])[:-1]
    tokens = torch.tensor([token for text in texts for token in text], dtype=torch.int64)
    return normalize(bag(tokens, torch.from_numpy(starts)), dim=-1)


def _loss(left: Tensor, right: Tensor, temperature: float) -> Tensor:
    import torch
    from torch.nn.functional import cross_entropy

    likeness = left @ right.T / temperature
    own = torch.arange(len(left))
    return (cross_entropy(likeness, own) + cross_entropy(likeness.T, own)) / 2
