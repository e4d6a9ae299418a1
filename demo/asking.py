"""What people say who ask for a car, by how much they want one."""

from typing import NamedTuple

HOT, WARM, COLD = "hot", "warm", "cold"
# how many of each, how many of them buy
SHARE = {HOT: 0.28, WARM: 0.42, COLD: 0.30}
BUYS = {HOT: 0.62, WARM: 0.2, COLD: 0.03}
# Some say less than they want, and some more.
MISLEADS = 0.2
CHANNELS = {"walk_in": 0.3, "wechat": 0.25, "web": 0.2, "phone": 0.15, "adf": 0.1}

WORDS = {
    HOT: (
        "预算{budget}万左右，这周末想看{series}，可以贷款吗？",
        "想置换，旧车开了六年，{series}这两天有现车吗？",
        "{series}首付三成月供多少？尽快，下周要用车",
        "全款买{series}，今天定下来还能优惠吗？很喜欢这款",
        "{series}落地多少钱，预算{budget}万，周末带家人来试驾",
    ),
    WARM: (
        "{series}多少钱？预算{budget}万以内",
        "想了解一下{series}，打算下个月换车",
        "这个月想试驾{series}，有分期方案吗？",
        "{series}和{rival}比，哪个更适合家用？",
        "{series}的保养费用大概多少？朋友说开着挺舒服",
    ),
    COLD: (
        "随便看看，先了解一下{series}",
        "{series}太贵了，再等等",
        "还在看{rival}，不着急，年底再说",
        "{series}什么时候降价？不急",
        "就问问价，明年才换车",
    ),
}
MORE = (
    "周末两点到店可以吗？",
    "能再优惠一点吗？",
    "定金交多少，多久能提车？",
    "旧车大概能抵多少钱？",
    "家里人也想试驾一下",
)
ANSWERS = (
    "您好，我是您的销售顾问，{series}现车在店，方便时给您报个落地价。",
    "您好！{series}本月有置换补贴，周末到店可以试驾，我为您留好时间。",
    "收到，我把{series}的三种方案整理好发给您，请稍等。",
)
# reason, and what the consultant writes down
LOST = (
    ("价格谈不拢", "客户要求的价格低于底价"),
    ("已购竞品", "客户在别家订了车"),
    ("暂不购车", "客户说今年不换车了"),
    ("联系不上", "三次回访无人接听"),
)


class Asked(NamedTuple):
    """``says`` first, then ``more``; ``temper`` is what shows, not what is."""

    temper: str
    buys: bool
    says: str
    more: tuple[str, ...]
    meets: bool


def ask(rng, series: str, rival: str, price: float) -> Asked:
    """:return: somebody who wants a car of the series, more or less"""
    meant = _pick(rng, SHARE)
    buys = rng.random() < BUYS[meant]
    temper = _pick(rng, SHARE) if rng.random() < MISLEADS else meant
    words = rng.choice(WORDS[temper])
    budget = max(5, round(price / 10_000))
    count = {HOT: rng.randint(1, 3), WARM: rng.randint(0, 1), COLD: 0}[temper]
    return Asked(
        temper,
        buys,
        words.format(series=series, rival=rival, budget=budget),
        tuple(rng.sample(MORE, count)),
        rng.random() < {HOT: 0.5, WARM: 0.25, COLD: 0.03}[temper],
    )


def channel(rng) -> str:
    return _pick(rng, CHANNELS)


def _pick(rng, shares: dict) -> str:
    return rng.choices(list(shares), list(shares.values()))[0]
