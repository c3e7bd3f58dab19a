"""Generated disclosures, printed and read back, to hold claims about the layout against."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings

from kg.document import Printed, SourceDocument
from kg.layouts import parse
from kg.model import Disclosure
from kg.readers import read
from tests.generator import GeneratedDisclosure, disclosures, encode, print_out
from tests.generator.page import Printout

# Under CI hypothesis loads its own "ci" profile, which derandomizes; only the size is set here.
# No explain phase: a document has hundreds of drawn parts, and explaining each takes minutes.
few = settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read_bytes(data: bytes) -> SourceDocument:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "generated.txt"
        path.write_bytes(data)
        return read(path)


def read_printout(generated: GeneratedDisclosure, printout: Printout) -> Disclosure:
    document = read_bytes(encode(printout.text, generated.manner))
    return parse(document, generated.jurisdiction)


def text_of(printed: Printed | None) -> str | None:
    return printed.text if printed else None


Claim = Callable[[GeneratedDisclosure, Printout, Disclosure], None]


def of_every_disclosure(claim: Claim) -> Callable[[], None]:
    """Return a test that holds *claim* against generated disclosures as read back."""

    @few
    @given(disclosures())
    def test(generated: GeneratedDisclosure) -> None:
        printout = print_out(generated)
        claim(generated, printout, read_printout(generated, printout))

    test.__doc__ = claim.__doc__
    return test
