"""What is to be computed: a sum, a count, an average, an extreme, a share, a difference, a rank."""

from __future__ import annotations

import re
from dataclasses import replace

from search.question.numerals import number
from search.question.operation import Op, Operation
from search.question.order import read_place
from search.question.text import BLANK, Text

__all__ = ["Op", "Operation", "read_operation"]

_N = "[一二三四五六七八九十两]+|[0-9]{1,2}"
_UP = "高|大|多|贵|长|强|快"
_DOWN = "低|小|少|便宜|短|慢"
_MANY = f"(?:的)?(?:(?P<many>{_N})(?=个|名|项|条|家|位|大))?"
_COUNTERS = "个|项|条|家|种|类|名|所"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SHARE = _compiled(
    "是(?=[^,，。]*的(?:百分之(?:几|多少)|几成|百分比))|所?占的?(?:份额|比例|比重|比率)|占比|比重|份额"
    f"|(?<={BLANK})的(?:百分之(?:几|多少)|几成)"
    "|占(?:到|了|去|掉)*(?=.*(?:多少|比例|比重|百分之|百分比|几成|比率|份额|多大))"
    "|(?:拿|用|分|吃|花)(?:走|掉|去|在)+了?(?=.*(?:百分之|几成|份额|多大(?:比例|比重)))"
    f"|(?:有|给|归)(?:百分之(?:几|多少)|几成|多大(?:比例|比重)|多少比例)(?:的钱)?(?:是|为|在|用|花)*"
    r"|\b(?:what )?(?:share|proportion|percentage|percent|fraction)\b(?: of)?"
)
# Of two names, the whole comes second after 在…中的占比 and in "share of … in …".
_PART_FIRST = _compiled(
    r"在.*(?:中|里|内|当中|里面)(?:的|所|大概|大约|能)*(?:占比|比重|占|有|份额)"
    r"|\b(?:share|proportion)\b.* (?:in|out) "
)
_WHOLE_FIRST = _compiled(
    r"\b(?:percentage|percent|share|proportion|fraction) of .* (?:is|are|goes to|go to) "
)
_RATIO = _compiled(
    "(?:的)?(?:几|多少)倍(?:还多)?|倍数(?:是多少)?"
    r"|\bhow many times\b(?: (?:as )?(?:much|large|big|high)(?: as)?)?"
)
_RANK = _compiled(
    f"(?:能)?(?:(?<!安)排|(?<!编)列|位列|位居)(?:在|名|行|到)?第?(?:几|多少)(?:名|位)?|第几(?!条|项|款|个|张|页|号)(?:名|位|{_UP})?(?:的)?(?:位置)?"
    r"|\b(?:what|which) rank\b|\brank(?:s|ed)?\b"
)
_SPREAD = _compiled(
    f"最(?:{_UP})的?(?:项目)?(?:和|与|跟|比)最(?:{_DOWN})的?|最(?:{_DOWN})的?(?:项目)?(?:和|与|跟)最(?:{_UP})的?"
    r"|\b(?:largest|highest|biggest) and (?:the )?(?:smallest|lowest)\b"
)
_SHARE_REST = _compiled(
    "的?(?:百分之(?:几|多少)|百分比|多?大?(?:的)?(?:比例|比重|比率|份额)|几成|多少)(?:是?多少)?"
)
# 披露的几项资产中，净值最低的 counts nothing.
_COUNTED_OF = "[^,，。]{1,8}(?:中|里|里面|当中|之中|之间)[,，]?[^,，。]*最"
_COUNT = _compiled(
    f"(?:一共|总共|共)?(?:有|设|列|含|包括|下设)?(?:了)?(?<![哪前后这那第])(?:几"
    f"|多少)(?:{_COUNTERS})(?!工作日|百分点|百分比)(?!{_COUNTED_OF})"
    "|(?:一共|总共|共)?有?多少(?=(?:预算)?项目|(?:绩效|[一二三]级)?指标|单位|部门|职责|科目)"
    "|(?:的)?(?:数目|个数|总个数|总项数|总数(?!额)|(?<=项目)数量?|(?<=指标)数量?|(?<=单位)数量?|(?<=科目)数量?"
    "|(?<=职责)数量?)(?:有|是)?(?:多少|几)?"
    r"|\bhow many\b|\b(?:the )?(?:number|count) of\b|\bcount\b"
)
_HOW_MANY = _compiled("(?:的)?(?:总?个数|数量|数目|总?项数)(?=[^,，。]{0,3}(?:最|更|排|居))")
_AVERAGE = _compiled(
    "平均(?:到|下来|分到)?(?:每(?:一)?(?:个|项(?!目)|条|家|笔)?|值|数|金额|预算)?|均值"
    r"|\b(?:on )?average\b(?: of)?|\bmean\b(?: of)?"
)
# A year's amount divided among its months or quarters: 平均每个月, 每季度平均, per month.
_PER = _compiled(
    "平均(?:到|下来|分到)?(?:每(?:一)?|一)个?(?P<part>月|季度)|(?:每(?:一)?|一)个?(?P<before>月|季度)平均"
    r"|月均|\b(?:average )?(?:per|a|each|every) (?P<english>month|quarter)\b|\bmonthly average\b"
)
_MANY_THINGS = _compiled(rf"(?:几|多少)(?:{_COUNTERS})|\b(?:how many|number of)\b")
_QUARTER = ("季度", "quarter")
_DIFFERENCE = _compiled(
    "相差|差额|差距|之差|差(?:了|别|着)?(?=多少|几)"
    "|(?:多|少|高|低|贵|便宜|大|小|快|慢|长|短|超|领先|落后)(?:出|了|花|过)*(?=多少|几个?百分点|几成|几元|几万)"
    r"|\b(?:difference(?: between)?|how much (?:more|less|higher|lower|bigger|larger))\b"
)
# Which of two: 哪个预算高, 谁的固定资产多, 哪年更少; 最多 is no comparison of two.
_WHICH = "(?:哪个|哪一个|谁家?|哪项|哪家|哪边|哪(?:一)?年|哪一?方|哪一?(?:块|样|笔|头|种))"
_COMPARE = _compiled(
    f"{_WHICH}(?P<between>[^最]{{0,10}}?)(?:更|比较)?(?:(?P<more>{_UP}|走?在前头?|领先|靠前)(?!少)|(?P<less>{_DOWN}|落后|靠后|走?在后头?))"
    "(?:一?些|一?点儿?)?"
    f"|(?P<ormore>{_UP})(?:一?些|一?点)?[,，]?还是|(?P<orless>{_DOWN})(?:一?些|一?点)?[,，]?还是"
    r"|\bwhich (?:one )?(?:is|costs|has|gets) (?:the )?(?P<emore>more|larger|bigger|higher|greater)"
    r"|\bwhich (?:one )?(?:is|costs|has|gets) (?:the )?(?P<eless>less|smaller|lower|cheaper)"
)
_POINTS = _compiled("(?:多少|几)个?百分点")
_GROUP = _compiled("项目|单位|部门|机构|科目|指标|采购|资产")
_CHANGE = _compiled(
    f"同比(?:增长|增加|减少|下降|变化)?(?:了)?|环比|(?:比|较|与|和|同|跟)(?:上年度?|上一年度?"
    f"|去年|前一年|{BLANK}+)"
    f"(?:年|相比|比较|度|的)*(?:增加|增长|减少|下降|变化|增减|多|少)(?:了|出)?"
    "|(?:比|较|与|和|同)(?:上年度?|上一年度?|前一年)(?:相比|比较)?(?:多|少|增减)?(?:了)?"
    "|增减|增幅|增长率|降幅|变动|变化|(?:增加|增长|减少|下降|上升)(?:了)?(?=多少|几|百分|的|$)"
    r"|\b(?:year[- ]on[- ]year|compared (?:with|to)|(?:increase|decrease|change|rise|fall"
    r"|growth)d?)\b"
)
_OR_TAIL = _compiled(f"(?:比较|更|要)?(?:{_UP}|{_DOWN})(?:一?些|一?点)?(?=[呢啊?？\\s]*$)")
# The year before in one place and the change in another: 今年比去年部门预算多了多少.
_SINCE = _compiled(
    f"(?:今年|本年度?)?(?:(?:比|较|与|和|同|跟|相比)(?:上年度?|上一年度?|去年|前一年)(?:度|相比|比较|比)?"
    f"|[比较]{BLANK}+年?|[与和同跟]{BLANK}+年?(?:相比|比较|比))"
    r"|\b(?:compared (?:with|to)|than|over|from|since|versus|vs\.?)"
    r" (?:the )?(?:last|previous|prior|preceding) year\b"
)
_MOVED = _compiled(
    "(?:增加|增长|减少|下降|上升|上涨|下调|提高|降低|变化|涨|降|跌|多|(?<!多)少|高|低)(?:了|出)?(?=多少|几|百分|$)"
    r"|\b(?:how much (?:more|less|higher|lower)|increase|decrease|change|rise|fall|growth|grow"
    r"|up|down)d?\b"
)
_MOVED_ALONE = _compiled("(?:上涨|涨|跌|下调|提高|降低|降)(?:了|出)?(?=多少|几|百分|$)")
_RATE = _compiled("增幅|增长率|降幅|百分之(?:几|多少)|百分比|几个百分|比例|percent|%|rate")
_MAX = _compiled(
    f"最(?:{_UP}){_MANY}|更(?:{_UP})(?=[\\s?？{BLANK}]*$)|第(?P<rank>{_N})(?:名|位)?(?:{_UP})|前(?P<top>{_N})"
    f"(?:[名个位大高多项家](?:的)?|(?=的|$|{BLANK}|\\s))|(?:排名|排)(?:第一|首位)"
    r"|\b(?:top (?P<etop>\d{1,2}))\b|\b(?P<erank>second|third|fourth|fifth)[- ](?:largest"
    r"|biggest|highest)"
    r"|\b(?:largest|biggest|highest|greatest|most expensive|costliest|most|maximum)\b"
)
_MIN = _compiled(
    f"最(?:{_DOWN}){_MANY}|更(?:{_DOWN})(?=[\\s?？{BLANK}]*$)|第(?P<rank>{_N})(?:{_DOWN})|倒数第?(?P<last>{_N})?(?:名|位)?"
    f"|(?:后|最后)(?P<top>{_N})(?=名|位)|末位|垫底"
    r"|\b(?:bottom (?P<etop>\d{1,2}))\b|\b(?P<erank>second|third|fourth|fifth)[- ](?:smallest"
    r"|lowest)"
    r"|\b(?:smallest|lowest|cheapest|fewest|least|minimum)\b"
)
_SUM = _compiled(
    "一共|总共|合计|共计|总计|总和|总额|总金额|总预算|总经费|总投入|加起来|加总|加在一起|求和"
    "|汇总|总量"
    "|共(?=(?:有|花|需|安排|用|是|投入|预算)?(?:了|费|要)*(?:多少|几))|总的?(?=多少|预算|金额|经费)"
    r"|\b(?:in )?total\b(?: of)?|\bsum\b(?: of)?|\baltogether\b|\bcombined\b|\ball together\b"
    r"|\boverall\b"
)
_VALUE = _compiled(
    "(?:要|需要|得|能)?(?:花|用|费|拨|给|安排|投入|投)?(?:了|费|掉)?(?:有|是|为)?多少(?:钱|元"
    "|万元?|经费|资金|预算|金额|费用|款)"
    "|(?:花|用|投入|安排|拨)(?:了|费)?多少|(?:分别)?(?:有|是|为|达|到|等于)多少|多少$"
    "|几万(?:元|块)?|几元|多贵"
    r"|\bhow much\b(?: money)?(?: is| are| was| does| did| will)?"
    r"(?: (?:be )?(?:set aside|spent|budgeted|allocated|earmarked|planned)(?: (?:for|on|to))?)?"
    r"|\bwhat is the (?:amount|budget|value|cost) (?:of|for)\b"
)
_RANKS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}


def read_operation(text: Text) -> Operation | None:
    """Return the operation that *text* asks for, if any, and claim its words.

    >>> read_operation(Text("预算最高的三个项目")).many, read_operation(Text("第二大的项目")).rank
    (3, 2)
    >>> read_operation(Text("一共有几个项目")).op
    <Op.COUNT: 'count'>
    """
    found = _first(text)
    if found is None:
        return None
    # 一共 beside 几个, or 多少 after 相差, ask for nothing more.
    added = text.take(_SUM) is not None
    text.take(_VALUE)
    return replace(found, summed=added) if found.op in (Op.MAX, Op.MIN) else found


def _first(text: Text) -> Operation | None:
    for read in (
        _place, _share, _ratio, _spread, _compare, _change, _difference, _rank, _average, _count,
        _extreme,
    ):  # fmt: skip
        found = read(text)
        if found is not None:
            return found
    return _plain(text, _SUM, Op.SUM) or _plain(text, _VALUE, Op.VALUE)


def _plain(text: Text, pattern: re.Pattern[str], op: Op) -> Operation | None:
    match = text.take(pattern)
    return None if match is None else Operation(op, match.group().strip(), match.start())


def _place(text: Text) -> Operation | None:
    found = read_place(text)
    if found is None:
        return None
    op = Op.MIN if found.up else Op.MAX
    if found.beside is not None:
        text.take(_MAX if op is Op.MAX else _MIN)
    return Operation(op, found.word, found.start, found.rank, found.many, beside=found.beside)


def _share(text: Text) -> Operation | None:
    written = text.open
    found = _plain(text, _SHARE, Op.SHARE)
    if found is None:
        return None
    text.take(_SHARE_REST)
    after = _WHOLE_FIRST.search(written) is not None
    first = found.start > 0 and not _PART_FIRST.search(written) and not found.word.isascii()
    return replace(found, whole_first=after or first, ranked=_extreme(text))


def _ratio(text: Text) -> Operation | None:
    return _plain(text, _RATIO, Op.RATIO)


def _rank(text: Text) -> Operation | None:
    return _plain(text, _RANK, Op.RANK)


def _spread(text: Text) -> Operation | None:
    """Return the difference of the extremes, if *text* asks for both and for that."""
    if not (_SPREAD.search(text.open) and _DIFFERENCE.search(text.open)):
        return None
    text.take(_SPREAD)
    found = _plain(text, _DIFFERENCE, Op.DIFFERENCE)
    return None if found is None else replace(found, spread=True)


def _change(text: Text) -> Operation | None:
    rate = _RATE.search(text.open) is not None
    since, moved = _SINCE.search(text.open), _MOVED.search(text.open)
    split = since is not None and (moved is not None or "compare" in since.group().casefold())
    match = _dated(text, _SINCE if split else _CHANGE) or text.take(_MOVED_ALONE)
    if match is None:
        return None
    for rest in (_MOVED, _RATE, _VALUE):
        text.take(rest)
    word = match.group().replace(BLANK, "").strip()
    return Operation(Op.DIFFERENCE, word, match.start(), percent=rate)


def _dated(text: Text, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Claim and return the first match of *pattern* in which only claimed words are blank.

    A year is claimed, a name is masked: what stands after 比 is then the other side.
    """
    for match in pattern.finditer(text.open):
        start, end = match.span()
        if text.open[start:end].count(BLANK) == text.left[start:end].count(BLANK):
            text.blank(start, end)
            return match
    return None


def _compare(text: Text) -> Operation | None:
    match = _COMPARE.search(text.open)
    if match is None:
        return None
    kept = match.end() if _GROUP.match(match["between"] or "") is None else match.start("between")
    text.blank(match.start(), kept)
    text.blank(max(kept, match.end("between")), match.end())
    op = Op.MAX if match["more"] or match["emore"] or match["ormore"] else Op.MIN
    if match["ormore"] or match["orless"]:
        text.take(_OR_TAIL)
    return Operation(op, match.group().replace(BLANK, ""), match.start(), compares=True)


def _difference(text: Text) -> Operation | None:
    found = _plain(text, _DIFFERENCE, Op.DIFFERENCE)
    text.take(_POINTS)
    return found if found is None else Operation(found.op, found.word, found.start, compares=True)


def _average(text: Text) -> Operation | None:
    match = text.take(_PER)
    if match is not None:
        said = match.groupdict()
        part = said["part"] or said["before"] or (said["english"] or "").casefold()
        per = 4 if part in _QUARTER else 12
        return Operation(Op.AVERAGE, match.group().strip(), match.start(), per=per)
    found = _plain(text, _AVERAGE, Op.AVERAGE)
    counts = _MANY_THINGS.search(text.open) is not None
    return None if found is None else replace(found, counts=counts)


def _count(text: Text) -> Operation | None:
    if _HOW_MANY.search(text.open) is not None:
        text.take(_HOW_MANY)  # 项目个数最多 asks for the most
        return None
    return _plain(text, _COUNT, Op.COUNT)


def _extreme(text: Text) -> Operation | None:
    for pattern, op in ((_MAX, Op.MAX), (_MIN, Op.MIN)):
        match = text.take(pattern)
        if match is not None:
            said = match.groupdict()
            rank = _RANKS.get((said.get("erank") or "").casefold()) or _n(
                said.get("rank") or said.get("last")
            )
            many = _n(said.get("many") or said.get("top") or said.get("etop"))
            return Operation(op, match.group(), match.start(), rank or 1, many or 1)
    return None


def _n(written: str | None) -> int | None:
    value = None if written is None else number(written)
    return None if value is None else int(value)
