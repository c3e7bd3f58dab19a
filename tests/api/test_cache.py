"""The cache of answers: what it keeps, what it drops, and that threads may share it."""

from __future__ import annotations

import threading

import pytest

from api.cache import Question, ResultCache
from kg.engine import EVERYTHING, Answer, Dataset

ROOM_FOR_FOUR = 4 * 1500  # bodies of 1000 bytes, and 500 beside each


def answer(length: int) -> Answer:
    return Answer("text/csv", b"x" * length)


def test_what_was_used_longest_ago_goes_first() -> None:
    cache = ResultCache(ROOM_FOR_FOUR)
    for tag in "abcd":
        cache.put(tag, answer(1000))
    assert cache.get("a") is not None
    cache.put("e", answer(1000))
    assert [tag for tag in "abcde" if cache.get(tag)] == ["a", "c", "d", "e"]
    assert cache.size_bytes == ROOM_FOR_FOUR


def test_an_answer_larger_than_a_quarter_is_not_kept() -> None:
    cache = ResultCache(ROOM_FOR_FOUR)
    cache.put("a", answer(1001))
    assert (cache.get("a"), cache.size_bytes) == (None, 0)


def test_an_answer_put_twice_takes_its_room_once() -> None:
    cache = ResultCache(ROOM_FOR_FOUR)
    cache.put("a", answer(1000))
    cache.put("a", answer(500))
    assert cache.size_bytes == 1000


def test_a_cache_without_room_keeps_nothing() -> None:
    cache = ResultCache(0)
    cache.put("a", answer(0))
    assert cache.get("a") is None


@pytest.mark.parametrize(
    "other",
    [
        Question("graph 2", "ASK {}", EVERYTHING, "text/csv"),
        Question("graph 1", "ASK { }", EVERYTHING, "text/csv"),
        Question("graph 1", "ASK {}", Dataset(("a",)), "text/csv"),
        Question("graph 1", "ASK {}", Dataset((), ("a",)), "text/csv"),
        Question("graph 1", "ASK {}", Dataset(("a", "b")), "text/csv"),
        Question("graph 1", "ASK {}", EVERYTHING, "text/tab-separated-values"),
    ],
)
def test_graph_query_dataset_and_format_each_make_another_tag(other: Question) -> None:
    one = Question("graph 1", "ASK {}", EVERYTHING, "text/csv")
    assert one.tag == Question("graph 1", "ASK {}", Dataset(), "text/csv").tag
    assert one.tag != other.tag


def test_the_bound_holds_while_threads_share_the_cache() -> None:
    cache = ResultCache(ROOM_FOR_FOUR)

    def use(first: int) -> None:
        for number in range(500):
            tag = str((first + number) % 11)
            kept = cache.get(tag)
            assert kept is None or len(kept.body) == int(tag) * 100
            cache.put(tag, answer(int(tag) * 100))
            assert cache.size_bytes <= ROOM_FOR_FOUR + 8 * 1500  # a put of each thread under way

    threads = [threading.Thread(target=use, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [cache.get(str(tag)) for tag in range(11)]
    assert cache.size_bytes == sum(len(one.body) + 500 for one in kept if one) <= ROOM_FOR_FOUR
