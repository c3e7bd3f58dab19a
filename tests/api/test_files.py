"""A file that a build wrote is sent whole, in part or not at all, as RFC 9110 says."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

FILE = "/dump/budgetkg/projects.csv"


@pytest.fixture(name="whole")
def _whole(client: FlaskClient) -> bytes:
    return client.get(FILE).data


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=5-", 5, None),
        ("bytes=-7", -7, None),
        ("bytes= 3-4 ", 3, 5),
        ("bytes=0-999999999999", 0, None),
        ("bytes=-999999999999", 0, None),  # longer than the file: all of it (14.1.2)
    ],
)
def test_one_range_is_sent_as_a_part(
    client: FlaskClient, whole: bytes, asked: str, first: int, last: int | None
) -> None:
    answer = client.get(FILE, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (206, whole[first:last])
    start = first % len(whole)
    end = start + len(answer.data) - 1
    assert answer.headers["Content-Range"] == f"bytes {start}-{end}/{len(whole)}"
    assert answer.headers["Content-Length"] == str(len(answer.data))


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=x-y",
        "bytes=5-3",
        "bytes=--1",
        "lines=0-1",
        "bytes=0-1,5-6",
        "bytes=0-" + ",0-" * 1000,
        "bytes=" + "9" * 5000 + "-",
        "bytes=\u0661-",
    ],
)
def test_what_is_no_single_range_of_bytes_is_ignored(
    client: FlaskClient, whole: bytes, asked: str
) -> None:
    answer = client.get(FILE, headers={"Range": asked.encode().decode("latin-1")})
    assert (answer.status_code, answer.data) == (200, whole)


@pytest.mark.parametrize("asked", ["bytes=9999999-", "bytes=-0"])
def test_a_range_of_nothing_is_refused_in_the_shape_of_errors(
    client: FlaskClient, whole: bytes, asked: str
) -> None:
    answer = client.get(FILE, headers={"Range": asked})
    assert answer.status_code == 416
    assert set(answer.get_json()) == {"error", "status"}
    assert answer.headers["Content-Range"] == f"bytes */{len(whole)}"


def test_a_head_has_no_parts(client: FlaskClient, whole: bytes) -> None:
    answer = client.head(FILE, headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer.content_length) == (200, len(whole))


def test_who_has_the_version_gets_neither_whole_nor_part(client: FlaskClient) -> None:
    known = client.get(FILE).headers["ETag"]
    for tag in (known, "*", f'"x", {known}', f"W/{known}"):
        answer = client.get(FILE, headers={"If-None-Match": tag, "Range": "bytes=0-9"})
        assert (answer.status_code, answer.data) == (304, b"")


@pytest.mark.parametrize("name", [FILE, "/catalog.ttl", "/changes.atom"])
def test_a_cache_is_told_alike_whether_it_has_the_file(client: FlaskClient, name: str) -> None:
    whole = client.get(name)
    known = client.get(name, headers={"If-None-Match": whole.headers["ETag"]})
    part = client.get(name, headers={"Range": "bytes=0-9"})
    assert (known.status_code, part.status_code) == (304, 206)
    assert "Accept-Encoding" in whole.vary
    for header in ("Vary", "ETag", "Cache-Control"):
        told = [set(each.headers[header].split(", ")) for each in (whole, known, part)]
        assert told[0] == told[1] == told[2]


def test_a_compressed_file_is_not_continued_with_the_bytes_of_the_plain_one(
    client: FlaskClient, whole: bytes
) -> None:
    compressed = client.get(FILE, headers={"Accept-Encoding": "gzip"})
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Ranges" not in compressed.headers
    interrupted = {"Range": "bytes=100-", "If-Range": compressed.headers["ETag"]}
    assert client.get(FILE, headers=interrupted).data == whole


def test_a_file_is_compressed_while_it_is_sent(client: FlaskClient, whole: bytes) -> None:
    answer = client.get(FILE, headers={"Accept-Encoding": "gzip"}, buffered=False)
    assert answer.is_streamed
    assert "Content-Length" not in answer.headers  # nobody knows it before the end
    assert gzip.decompress(answer.data) == whole
    head = client.head(FILE, headers={"Accept-Encoding": "gzip"})
    assert (head.data, head.headers["ETag"]) == (b"", answer.headers["ETag"])


@pytest.mark.parametrize(("tag", "status"), [("*", 200), ('"another"', 412), ('W/"x"', 412)])
def test_a_version_that_is_not_there_is_not_sent(
    client: FlaskClient, tag: str, status: int
) -> None:
    known = client.get(FILE).headers["ETag"]
    assert client.get(FILE, headers={"If-Match": known}).status_code == 200
    answer = client.get(FILE, headers={"If-Match": tag})
    assert answer.status_code == status
    if status == 412:
        assert set(answer.get_json()) == {"error", "status"}


@pytest.mark.parametrize("name", ["a" * 300, "a" * 5000, "%00", "..", "%2e%2e", "\U0001f600" * 80])
@pytest.mark.parametrize("folder", ["/dump/budgetkg/", "/dump/x/", "/catalog/gbt21063/"])
def test_a_name_that_no_file_can_have_is_404(client: FlaskClient, folder: str, name: str) -> None:
    for suffix in ("", ".json"):
        answer = client.get(f"{folder}{name}{suffix}")
        assert answer.status_code == 404
        assert len(answer.get_json()["error"]) < 300


def test_a_page_that_the_catalogue_has_not_is_told_alike_in_every_form(client: FlaskClient) -> None:
    for suffix in ("ttl", "html", "jsonld"):
        answer = client.get(f"/catalog.{suffix}?page=99")
        assert answer.status_code == 404
        assert answer.get_json()["error"] == "Not Found: the catalogue has no page 99"
