"""The words that tell something, in both languages; longer ones are listed first."""

import re


def either(*words: str) -> re.Pattern:
    """:return: a pattern of any of the words; Latin ones as whole words"""
    latin = [rf"\b(?:{word})\b" for word in words if word.isascii()]
    return re.compile("|".join([w for w in words if not w.isascii()] + latin), re.I)


# days until the customer wants to buy
URGENCY = {
    1: either(
        "今天", "马上", "立刻", "立马", "急用", "today", "asap", "right now", "urgent"
    ),
    3: either(
        "明天", "后天", "这两天", "这几天", "尽快", "tomorrow", "as soon as possible"
    ),
    7: either(
        "这周末?", "本周末?", "周末", "这个?星期", "this week(?:end)?", "in a few days"
    ),
    30: either(
        "这个月", "本月", "月底前?", "下周末?", "下个?星期", "next week", "this month"
    ),
    90: either("下个月", "两三个月", "近期", "next month", "in (?:two|three) months"),
    365: either(
        "年底", "明年", "不急", "不着急", "再等等", "先了解", "随便看看", "先看看",
        "next year", "no hurry", "no rush", "just looking", "just browsing",
    ),
}  # fmt: skip

PAYMENT = {
    "loan": either(
        "贷款",
        "按揭",
        "分期",
        "首付",
        "月供",
        "免息",
        "financ(?:e|ing)",
        "loan",
        "down payment",
        "instal?lments?",
        "monthly payments?",
    ),  # fmt: skip
    "cash": either("全款", "一次性付清?", "付全款", "现金", "cash", "pay in full"),
    "lease": either("融资租赁", "以租代购", "租赁", "leas(?:e|ing)"),
}

TRADE_IN = either(
    "置换", "以旧换新", "旧车抵", "旧车", "二手车抵", "卖掉我?的?车",
    "trade[- ]?in", "part[- ]exchange", "old car",
)  # fmt: skip

GOOD = either(
    "满意", "喜欢", "不错", "很好", "挺好", "漂亮", "舒服", "划算", "心动", "想订",
    "定下来", "great", "love", "like", "nice", "beautiful", "perfect", "happy",
    "excellent", "good",
)  # fmt: skip
BAD = either(
    "太贵", "失望", "不满", "差劲", "太差", "难看", "投诉", "生气", "骗", "垃圾",
    "后悔", "expensive", "disappoint(?:ed|ing)", "bad", "terrible", "awful", "angry",
    "complain",
)  # fmt: skip

# turns what follows, within a few signs, into its opposite
NOT = re.compile(
    r"(?:不是?|没有?|无需?|别|不用|不要|不想|不太|不考虑"
    r"|\b(?:no|not|never|without|don'?t|isn'?t)\b)"
    r"[^，。,.!?！？;；]{0,6}$",
    re.I,
)
