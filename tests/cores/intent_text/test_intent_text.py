"""What customers write, in Chinese and English, and what it tells."""

import pytest

from odoo.addons.dms_sales.intent_text import COLUMNS, features, find_budgets, read

MODELS = {"朗逸": 1, "朗逸新锐": 2, "Model Y": 3, "秦PLUS": 4}
RIVALS = {"卡罗拉": "toyota", "比亚迪": "byd", "Corolla": "toyota", "特斯拉": "tesla"}


def values(text: str, kind: str) -> list:
    return [f.value for f in read(text, MODELS, RIVALS) if f.kind == kind]


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("预算20万左右", (180_000, 220_000)),
        ("大概15万吧", (135_000, 165_000)),
        ("15-18万的车有吗", (150_000, 180_000)),
        ("15万到18万之间", (150_000, 180_000)),
        ("十五六万的有没有", (150_000, 160_000)),
        ("七八万的代步车", (70_000, 80_000)),
        ("二三十万都行", (200_000, 300_000)),
        ("不超过25w", (0, 250_000)),
        ("30万以内的SUV", (0, 300_000)),
        ("二十万以内", (0, 200_000)),
        ("落地12万8能谈吗", (128_000, 128_000)),
        ("最多18.5万", (0, 185_000)),
        ("around 200k", (180_000, 220_000)),
        ("my budget is between 150k and 180k", (150_000, 180_000)),
        ("under 250k please", (0, 250_000)),
        ("十万出头", (100_000, 120_000)),
    ],
)
def test_budgets(text: str, budget: tuple[int, int]) -> None:
    assert [finding.value for finding in find_budgets(text)] == [budget]


@pytest.mark.parametrize(
    "text",
    [
        "跑了3万公里",
        "开了五万多公里",
        "电话13800000000",
        "2024款的",
        "I drove 30k km",
        "5座",
    ],
)
def test_what_is_no_budget(text: str) -> None:
    assert find_budgets(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("今天能提车吗，急用", 1),
        ("尽快安排试驾", 3),
        ("这周末过来看车", 7),
        ("本月底前要上牌", 30),
        ("下个月再说", 90),
        ("不着急，先了解一下", 365),
        ("need it asap", 1),
        ("can I come this weekend?", 7),
        ("no hurry, just looking", 365),
    ],
)
def test_urgency_in_days(text: str, days: int) -> None:
    assert min(values(text, "urgency")) == days


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("首付三成，月供多少", {"loan"}),
        ("全款有优惠吗", {"cash"}),
        ("不贷款", set()),
        ("可以融资租赁吗", {"lease"}),
        ("What is the monthly payment?", {"loan"}),
        ("I will pay in full", {"cash"}),
        ("全款还是分期划算", {"cash", "loan"}),
    ],
)
def test_ways_of_payment(text: str, ways: set[str]) -> None:
    assert set(values(text, "payment")) == ways


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("想置换，旧车是2015年的", True),
        ("没有旧车", False),
        ("I want to trade in my car", True),
        ("no trade-in", False),
    ],
)
def test_trade_ins(text: str, expected: bool) -> None:
    assert any(values(text, "trade_in")) is expected


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("外观很漂亮，挺喜欢", 1),
        ("价格太贵了，有点失望", -1),
        ("不喜欢这个颜色", -1),
        ("内饰不错", 1),
        ("I love the interior", 1),
        ("it is not good", -1),
    ],
)
def test_moods(text: str, mood: int) -> None:
    assert sum(values(text, "mood")) * mood > 0


def test_the_longest_name_is_the_model() -> None:
    assert values("朗逸新锐有现车吗", "model") == [2]


def test_latin_names_are_whole_words_in_any_case() -> None:
    assert values("想看model y，不要Model YL", "model") == [3]


def test_rivals_are_told_from_models() -> None:
    text = "跟卡罗拉比，秦plus怎么样"
    assert (values(text, "rival"), values(text, "model")) == (["toyota"], [4])


def test_findings_say_where_they_stand() -> None:
    text = "你好，预算20万左右，想置换"
    for finding in read(text):
        assert text[finding.start : finding.end] == finding.text


def test_a_text_without_hints_says_nothing() -> None:
    assert read("你好") == read("") == read(None) == []


def test_a_text_is_one_row_for_a_learner() -> None:
    row = features(read("预算20万左右，这周末看朗逸，想贷款置换", MODELS, RIVALS))
    assert tuple(row) == COLUMNS
    assert row == {
        "models_named": 1,
        "rivals_named": 0,
        "budget_named": 1,
        "days_to_buy": 7,
        "payment": "loan",
        "trade_in": "yes",
        "mood": 0,
    }
