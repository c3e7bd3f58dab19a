"""The manner of asking: words that only ask, and the kinds of things that such words lean to.

归谁管 leans to a responsibility or a unit, 几号之前 to an indicator, 算哪一类 to a function code.
It is a leaning only: what else says more of the question still comes first. The words themselves
say nothing of a topic and are left out of what is searched.
"""

from __future__ import annotations

import re

from search.passages import Kind

_DOING = "负责|牵头|主管|管理|管|处理|批准|审批|批|经手|经办|办理|办|点头|拍板|说了算"
_WHO = (
    f"(?:归|由|找|该|得|是)*(?:谁|哪一?[家边]|哪个(?:单位|部门|机关|科室|处室))(?:来|在)?(?:{_DOING})?"
    f"|归不归[你他我]?们?(?:{_DOING})?"
)
_NUMBER = "(?:是|要|得|花|有|一共|总共|统共|全年|一年)*(?:多少|几多|几何)(?:钱|元)?|几个钱|多少钱"
_PLACED = "(?:算|归|列|记)?(?:在|到)?(?:哪个号|哪一?大?类|哪个科目|哪一?款)(?:[下里])?|编码|代码"
_WHETHER = "有没有|是不是|会不会|能不能|要不要|打不打算|是否"
_GENERAL = "叫什么名字|怎么样|怎么|如何|什么|哪些|请问|您好|[吗呢]"
_ASKING = re.compile("|".join((_WHO, _NUMBER, _PLACED, _WHETHER, _GENERAL)))
_ENDS = " ,，的、"

_LEANINGS: tuple[tuple[tuple[Kind, ...], re.Pattern[str]], ...] = (
    (
        (Kind.RESPONSIBILITY, Kind.UNIT),
        re.compile(
            f"[归由找该]谁|谁(?:来)?(?:{_DOING}|照着)|哪一?[家边](?!银行)|归口|归哪|归不归|管不管"
            "|哪个(?:单位|部门|机关|科室|处室)|经手|牵头"
        ),
    ),
    (
        (Kind.INDICATOR,),
        re.compile(
            "[几多]少?(?:号|月|天|次|遍|回|趟|位|成|口人|个人)|多久|何时|什么时候|之前|要求|达到|会不会"
            "|多少人|合格|及不及时|满不满意|准不准"
        ),
    ),
    ((Kind.FUNCTION,), re.compile("[哪什][个么]号|哪一?大?类|编码|代码|科目|哪一?款")),
    (
        (Kind.FIGURE,),
        re.compile("多少|几个钱|几多|几何|开销|花销|花费|进账|预算|安排|金额|经费|额度"),
    ),
    ((Kind.ASSET,), re.compile("值(?:多少|几)|还值|家底|账面")),
)


def without_asking(topic: str) -> str:
    """Return *topic* without the words that only ask; as it is if it has no others.

    >>> without_asking("征收印花税归谁管"), without_asking("会议室灯泡坏了找谁")
    ('征收印花税', '会议室灯泡坏了')
    >>> without_asking("多少钱")
    '多少钱'
    """
    said = " ".join(_ASKING.sub(" ", topic).split()).strip(_ENDS)
    return said if len(said) > 1 else topic


def leanings(question: str) -> frozenset[Kind]:
    """Return the kinds of things that the words of *question* lean to.

    >>> sorted(kind.value for kind in leanings("路灯坏了归谁修")), leanings("路灯")
    (['responsibility', 'unit'], frozenset())
    """
    return frozenset(kind for kinds, words in _LEANINGS if words.search(question) for kind in kinds)
