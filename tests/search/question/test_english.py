"""What an English question is in Chinese, before it is read."""

from __future__ import annotations

import pytest

from search.known import Known, known_from
from search.question.english.bridge import in_chinese
from search.question.english.numbers import amounts_said


@pytest.fixture(scope="module")
def known() -> Known:
    return known_from([], frozenset())


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("How many projects are there?", "项目有几个"),
        ("Could you tell me the number of indicators, please?", "指标有几条"),
        ("List every project above RMB 20k", "超过20000元的项目有哪些"),
        ("Which projects come to between 2,000 and 9,000 yuan?", "2000元到9000元之间的项目有哪些"),
        ("Which projects have no quality indicator?", "没有填写质量指标的项目有哪些"),
        ("projects whose payment schedule is blank", "没有填写支出计划的项目有哪些"),
        ("What is the average cost of the projects?", "项目的预算平均多少"),
        ("Name the four costliest projects", "项目中预算最高的4个项目"),
        ("Which procurement item is the second most expensive?", "采购物品中金额第二高的采购物品"),
        (
            "How much did official receptions rise from 2019 to 2020?",
            "公务接待费2020年比2019年增加多少",
        ),
        (
            "By what percentage did basic spending grow over the previous year?",
            "基本支出比上年增长百分之几",
        ),
        ("Is heating more expensive than lighting?", "heating和lighting哪个预算多"),
        ("How much less does heating cost than lighting?", "heating比lighting多多少钱"),
        ("What fraction of project spending goes to heating?", "heating占项目支出的比例是多少"),
        ("How many times as large as lighting is heating?", "heating是lighting的几倍"),
        (
            "How much of the heating budget should be spent by the end of June?",
            "heating到6月底计划支出百分之几",
        ),
        ("What is the unit price of boilers?", "boilers的单价是多少"),
        ("What does heating cost in 2021?", "2021年heating一共多少钱"),
        ("Who looks after boilers?", "谁负责boilers"),
        ("I'd like to know which projects are about boilers", "boilers的项目有哪些"),
        ("What does basic expenditure mean?", "基本支出是什么意思"),
    ],
)  # fmt: skip
def test_an_english_question_is_asked_in_chinese(known: Known, question: str, chinese: str) -> None:
    said = in_chinese(question, known)
    assert said == chinese


@pytest.mark.parametrize(
    "question",
    [
        "heating and lighting",
        "repairing the boilers of schools",
        "哪些项目和PPP有关",
        "2010301",
    ],
)
def test_a_topic_alone_is_left_as_it_is(known: Known, question: str) -> None:
    assert in_chinese(question, known) is None


@pytest.mark.parametrize(
    ("written", "chinese"),
    [
        ("at least two hundred thousand yuan", "不低于200000元"),
        ("1.5 million RMB or more", "不低于1500000元"),
        ("no more than 90 percent", "不超过90%"),
        ("between 30 and 60 thousand yuan", "30000元到60000元之间"),
        ("below 15,000", "低于15000元"),
        ("exceeding half a million yuan", "超过500000元"),
        ("about ¥120,000", "大约120000元"),
        # codes, years and what is counted are no amounts
        ("code 2010301 of 2021 has three projects", "code 2010301 of 2021 has three projects"),
    ],
)
def test_amounts_and_bounds_are_said_in_figures(written: str, chinese: str) -> None:
    assert amounts_said(written) == chinese
