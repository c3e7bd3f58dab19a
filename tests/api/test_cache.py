"""The cache of answers: what it keeps, what it drops, what shares a key, and use by threads."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cache import AnswerCache, Asked, Head, Question
from kg.engine import EVERYTHING, Dataset
from kg.engine.lexer import canonical, tokenize

ROOM_FOR_FOUR = 4 * 1500  # bodies of 1000 bytes, and 500 beside each


def test_what_was_used_longest_ago_goes_first() -> None:
    cache = AnswerCache(ROOM_FOR_FOUR)
    for tag in "abcd":
        cache.keep_body(tag, bytes(1000))
    assert cache.body("a") is not None
    cache.keep_body("e", bytes(1000))
    assert [tag for tag in "abcde" if cache.body(tag)] == ["a", "c", "d", "e"]
    assert cache.size_bytes == ROOM_FOR_FOUR


def test_an_answer_larger_than_a_quarter_is_not_kept() -> None:
    cache = AnswerCache(ROOM_FOR_FOUR)
    cache.keep_body("a", bytes(1001))
    assert (cache.body("a"), cache.size_bytes) == (None, 0)


def test_an_answer_put_twice_takes_its_room_once() -> None:
    cache = AnswerCache(ROOM_FOR_FOUR)
    cache.keep_body("a", bytes(1000))
    cache.keep_body("a", bytes(500))
    assert cache.size_bytes == 1000


def test_a_cache_without_room_keeps_nothing() -> None:
    cache = AnswerCache(0)
    cache.keep_body("a", b"")
    assert cache.body("a") is None


def test_the_head_of_an_answer_takes_room_like_a_body() -> None:
    cache = AnswerCache(ROOM_FOR_FOUR)
    asked = Asked("GET", "query=ASK%20%7B%7D", (("accept", "text/csv"),))
    head = Head(200, [("ETag", '"a"')], "a")
    cache.keep_head(asked, head)
    assert cache.head(asked) == head
    assert cache.head(asked._replace(headers=())) is None
    assert cache.size_bytes == 500 + 18 + 14 + 7  # beside it: the query, the two headers


@pytest.mark.parametrize(
    "other",
    [
        Question("graph 2", "ASK {}", EVERYTHING, "text/csv"),
        Question("graph 1", "ASK { }", EVERYTHING, "text/csv"),
        Question("graph 1", "ask {}", EVERYTHING, "text/csv"),
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


SAME = [
    ("SELECT ?s { ?s ?p 1 }", "\tSELECT ?s# all\r\n  {\n?s\n?p # one\r 1\n\n}\n# end"),
    ('ASK { ?s ?p "a" }', 'ASK { ?s  ?p\n"a"# "b"\n}'),
]
DIFFERENT = [
    ("ASK { <urn:a#b> ?p ?o }", "ASK { <urn:a#c> ?p ?o }"),
    ('ASK { ?s ?p "#1" }', 'ASK { ?s ?p "#2" }'),
    ('ASK { ?s ?p "a  b" }', 'ASK { ?s ?p "a b" }'),
    (r"ASK { ?s ?p 'a\' #' }", r"ASK { ?s ?p 'a\' #2' }"),
    ('ASK { ?s ?p """a\n#b""" }', 'ASK { ?s ?p """a\n#c""" }'),
    ('ASK { ?s ?p """a\n b""" }', 'ASK { ?s ?p """a b""" }'),
    ("ASK { ?s ?p 'a' }", "ASK { ?s ?p 'a ' }"),
    ('ASK { ?s ?p "a"@en }', 'ASK { ?s ?p "a"@zh }'),
    ("SELECT ?a { ?a ?A ?o }", "SELECT ?A { ?a ?A ?o }"),
    ("SELECT ?a ?b { ?a ?p ?b }", "SELECT ?b ?a { ?a ?p ?b }"),
    # A path of one step or more to 1, and the number +1.
    ("PREFIX : <urn:> ASK { ?s :p+ 1 }", "PREFIX : <urn:> ASK { ?s :p +1 }"),
    ("PREFIX : <urn:> ASK { ?s :p 1 . }", "PREFIX : <urn:> ASK { ?s :p 1.0 }"),
    ("PREFIX e: <urn:> ASK { ?s e:a ?o }", "PREFIX e: <urn:> ASK { ?s e: a ?o }"),
    ("ASK { VALUES ?n { 1 -1 } }", "ASK { VALUES ?n { 1-1 } }"),
]


def tag(query: str) -> str:
    return Question("graph", query, EVERYTHING, "text/csv").tag


@pytest.mark.parametrize(("one", "other"), SAME)
def test_white_space_and_comments_between_tokens_do_not_count(one: str, other: str) -> None:
    assert tag(one) == tag(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_queries_that_differ_in_meaning_have_tags_of_their_own(one: str, other: str) -> None:
    assert tag(one) != tag(other)


PIECES = ["?s", "?S", ":p", "+", "1", "+1", "<urn:#a>", '"#"', '" "', '"""\n#"""', "@en", ".", "a"]
GAPS = ["", " ", "\n", "\t\t", " # no\n", "#\r\n", "  "]


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), min_size=1))
def test_the_canonical_text_is_a_text_of_the_same_tokens(parts: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in parts)
    short = canonical(text)
    assert [token.text for token in tokenize(short)] == [token.text for token in tokenize(text)]
    assert canonical(short) == short


def test_the_bound_holds_while_threads_share_the_cache() -> None:
    cache = AnswerCache(ROOM_FOR_FOUR)

    def use(first: int) -> None:
        for number in range(500):
            tag = str((first + number) % 11)
            kept = cache.body(tag)
            assert kept is None or len(kept) == int(tag) * 100
            cache.keep_body(tag, bytes(int(tag) * 100))
            assert cache.size_bytes <= ROOM_FOR_FOUR + 8 * 1500  # a put of each thread under way

    threads = [threading.Thread(target=use, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [cache.body(str(tag)) for tag in range(11)]
    sizes = [len(body) + 500 for body in kept if body is not None]
    assert cache.size_bytes == sum(sizes) <= ROOM_FOR_FOUR
