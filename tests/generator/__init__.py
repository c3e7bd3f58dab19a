"""A generator of other disclosures in the printed layout of the first one.

``disclosures()`` draws what a disclosure states; ``render`` prints it. The expectations are what
was drawn, so that a reader is judged by the page and not by itself.
"""

from tests.generator.disclosures import disclosures
from tests.generator.facts import GeneratedDisclosure
from tests.generator.render import encode, insert_paragraph, insert_row, print_out, render

__all__ = [
    "GeneratedDisclosure",
    "disclosures",
    "encode",
    "insert_paragraph",
    "insert_row",
    "print_out",
    "render",
]
