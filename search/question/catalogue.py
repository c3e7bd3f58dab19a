"""The national catalogue of procurement (政府采购品目分类目录): A020299, C类采购, 货物类."""

from __future__ import annotations

import re

from search.question.conditions import TextCondition
from search.question.text import Text

CATALOGUE = "catalogueCode"
_BOUGHT = re.compile("采购|购买|目录|品目|买|procure", re.IGNORECASE)
_CODE = re.compile(
    "(?:(?:政府)?(?:采购)?(?:品目|目录)(?:序号|编号|编码|代码|号)?(?:一?栏)?(?:里|中)?(?:是|为|填的?是?)?)?"
    "(?:以|用)?(?<![0-9A-Za-z])(?P<code>[ABCabc](?:[0-9]{2,8}|(?=字头|开头|打头|起头|类)))(?![0-9A-Za-z])"
    "(?:字头|开头|打头|起头|这一?类|类)?(?:所?对应)?(?:的)?"
)
# A goods, B works, C services.
_CLASSES = {"货物": "A", "工程": "B", "服务": "C"}
_CLASS = re.compile(f"(?:属于|算是?|归)?(?P<class>{'|'.join(_CLASSES)})类(?:采购|的|项目)*")


def read_catalogue(text: Text) -> list[TextCondition]:
    """Return that the catalogue code begin as *text* says, if it speaks of buying; claim the words.

    >>> read_catalogue(Text("采购目录里C打头的有哪些"))[0].value
    'C'
    """
    if not _BOUGHT.search(text.written):
        return []
    match = text.take(_CODE)
    if match is not None:
        code = match["code"].upper()
        return [TextCondition(CATALOGUE, code, code, "starts")]
    named = text.take(_CLASS)
    if named is None:
        return []
    return [TextCondition(CATALOGUE, _CLASSES[named["class"]], named.group(), "starts")]
