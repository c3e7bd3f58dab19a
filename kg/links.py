"""Curated links to other data sets (data/links/*.ttl): read, checked, one graph a file.

docs/links.md says what a file looks like. A link that does not hold is left out and reported with
its line: it costs neither the other links nor the build.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import SourceError
from kg.iri import Minter
from kg.sources import REGISTER
from ontology.namespaces import DCTERMS, FOAF, ORG, OWL, PREFIXES, PROV, RDF, RDFS, SKOS
from ontology.terms import BP

FOLDER = "links"
"""The folder beside the register of sources that holds the files."""

# Property -> the classes of what may have it; None is anything.
_LINKS = {
    str(OWL.sameAs): None,
    str(SKOS.exactMatch): {str(SKOS.Concept), str(BP.FunctionCode)},
    str(ORG.subOrganizationOf): {str(BP.BudgetDepartment), str(BP.BudgetUnit)},
}
# What a file says of itself: who states its links and why, and where that can be read.
_NEEDED = (str(PROV.wasAttributedTo), str(RDFS.comment))
_ABOUT = {
    str(PROV.wasAttributedTo): ox.NamedNode,
    str(RDFS.comment): ox.Literal,
    str(DCTERMS.source): ox.NamedNode,
}
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# A line on which a statement may end, or which is one.
_ENDS = re.compile(r"\.\s*(?:#.*)?$|^\s*(?:PREFIX|BASE)\s", re.IGNORECASE)
_ADDRESS = ("http://", "https://")
_OURS = (PREFIXES["bp"], PREFIXES["code"])
_TYPE = f" <{RDF.type}> ".encode()


@dataclass(frozen=True, slots=True)
class _Statement:
    """A triple, and the line of the file on which its statement begins."""

    triple: ox.Triple
    line: int

    @property
    def subject(self) -> str:
        """The IRI that the statement is about, empty for a blank node."""
        return _iri(self.triple.subject)

    @property
    def predicate(self) -> str:
        return self.triple.predicate.value

    @property
    def target(self) -> str:
        """The IRI that the statement leads to, empty for anything else."""
        return _iri(self.triple.object)


@dataclass(frozen=True, slots=True)
class _File:
    """A file that says who states its links and why."""

    path: Path
    graph: str
    statements: tuple[_Statement, ...]

    @property
    def agents(self) -> set[str]:
        """Who states the links."""
        return {
            each.target
            for each in self.statements
            if (each.subject, each.predicate) == (self.graph, str(PROV.wasAttributedTo))
        }


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def find_links(paths: Iterable[Path]) -> list[Path]:
    """Return the files of links beside the registers of the sources that *paths* name."""
    folders = {
        folder
        for path in map(Path.resolve, paths)
        for folder in (path, path.parent, path.parent.parent)
        if (folder / REGISTER).is_file()
    }
    return [path for folder in sorted(folders) for path in sorted((folder / FOLDER).glob("*.ttl"))]


def read_links(
    files: Iterable[Path], minter: Minter, graphs: Iterable[Path]
) -> tuple[list[ox.Quad], list[SourceError]]:
    """Return what *files* state, each in its own graph, without what does not hold; and the latter.

    *graphs* are the N-Quads files in which the things that are linked must be.
    """
    read: list[_File] = []
    problems: list[SourceError] = []
    for path in files:
        try:
            read.append(_read(path, minter))
        except SourceError as error:
            problems.append(error)
    kinds = _kinds({name for file in read for name in _named(file)}, graphs)
    quads = []
    for file in read:
        for statement in file.statements:
            if (problem := _problem(statement, file, minter, kinds)) is None:
                subject, predicate, target = statement.triple
                quads.append(ox.Quad(subject, predicate, target, ox.NamedNode(file.graph)))
            else:
                problems.append(problem)
    return quads, problems


def write_links(quads: Iterable[ox.Quad], path: Path) -> None:
    """Write *quads* to *path* as sorted N-Quads."""
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    path.write_bytes(b"".join(sorted(set(lines.splitlines(keepends=True)))))


def _read(path: Path, minter: Minter) -> _File:
    name = f"{FOLDER}/{path.name}"
    if not _NAME.fullmatch(path.stem):
        raise SourceError(
            "the name of a file of links is part of an IRI",
            file=name,
            expected="lower-case letters, digits and hyphens, such as calendar.ttl",
        )
    graph = minter.graph(f"{FOLDER}-{path.stem}")
    try:
        text = path.read_text(encoding="utf-8")
        list(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=graph))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot be read: {error}", file=name, expected="UTF-8") from None
    except SyntaxError as error:
        raise SourceError(f"not Turtle: {error.msg}", file=name, line=error.lineno) from None
    file = _File(path, graph, tuple(_statements(text, graph)))
    stated = {
        each.predicate
        for each in file.statements
        if each.subject == graph and _wrong_about(each) is None
    }
    for needed in (each for each in _NEEDED if each not in stated):
        raise SourceError(
            f"the file does not say who states its links and why: <> has no <{needed}>",
            file=name,
            hint="docs/links.md shows how.",
        )
    return file


def _statements(text: str, base: str) -> Iterator[_Statement]:
    """Yield the statements of *text*, which is Turtle, with the lines on which they begin."""
    header, block, first = f"@base <{base}> .\n", "", 1
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if not block and (not line.strip() or line.lstrip().startswith("#")):
            continue
        first = first if block else number
        block += line + "\n"
        if not _ENDS.search(line) and number < len(lines):
            continue
        parser = ox.parse(header + block, format=ox.RdfFormat.TURTLE)
        try:
            triples = [quad.triple for quad in parser]
        except SyntaxError:
            continue  # the full stop ends no statement
        yield from (_Statement(triple, first) for triple in triples)
        prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in parser.prefixes.items())
        header, block = f"@base <{parser.base_iri or base}> .\n{prefixes}", ""


def _named(file: _File) -> Iterator[str]:
    """Yield what the links of *file* are about and lead to."""
    for statement in file.statements:
        yield from (statement.subject, statement.target)


def _kinds(names: Collection[str], graphs: Iterable[Path]) -> Mapping[str, set[str]]:
    """Return name -> classes, of those of *names* that the N-Quads files *graphs* describe."""
    kinds: dict[str, set[str]] = {}
    for path in graphs if names else ():
        with path.open("rb") as lines:
            for line in lines:
                subject, is_type, rest = line.partition(_TYPE)
                if is_type and (name := subject[1:-1].decode()) in names:
                    kinds.setdefault(name, set()).add(rest[1 : rest.index(b">")].decode())
    return kinds


def _problem(
    statement: _Statement, file: _File, minter: Minter, kinds: Mapping[str, set[str]]
) -> SourceError | None:
    """Return why *statement* does not hold, None if it does."""
    if statement.subject == file.graph:
        wrong = _wrong_about(statement)
    elif statement.subject in file.agents and statement.predicate == str(FOAF.name):
        wrong = None
    else:
        wrong = _wrong_link(statement, minter, kinds)
    if wrong is None:
        return None
    message, expected = wrong
    name = f"{FOLDER}/{file.path.name}"
    return SourceError(message, file=name, line=statement.line, expected=expected)


def _wrong_about(statement: _Statement) -> tuple[str, str] | None:
    if isinstance(statement.triple.object, _ABOUT.get(statement.predicate, ())):
        return None
    return (
        f"{statement.triple.predicate} {statement.triple.object} cannot be said of a file",
        "prov:wasAttributedTo or dct:source with an IRI, or rdfs:comment with a text",
    )


def _wrong_link(
    statement: _Statement, minter: Minter, kinds: Mapping[str, set[str]]
) -> tuple[str, str] | None:
    """Return what is wrong with a link, and what was expected."""
    subject, predicate, target = statement.triple
    if statement.predicate not in _LINKS:
        return f"{predicate} is no link", " or ".join(f"<{each}>" for each in _LINKS)
    if statement.subject not in kinds:
        return f"{subject} is not in the graph", "something that the build describes"
    wanted = _LINKS[statement.predicate]
    if wanted is not None and wanted.isdisjoint(kinds[statement.subject]):
        return f"{subject} cannot have {predicate}", " or ".join(f"a <{k}>" for k in sorted(wanted))
    if not isinstance(target, ox.NamedNode) or not target.value.startswith(_ADDRESS):
        return f"{target} is no address", "an http or https IRI"
    if target.value.startswith((minter.base, *_OURS)) and target.value not in kinds:
        return f"{target} is not in the graph", "something here, or an IRI of another data set"
    return None
