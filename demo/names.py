"""Plausible people and companies, all made up."""

SURNAMES = tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧")
GIVEN = (
    "伟 芳 娜 敏 静 磊 洋 艳 勇 杰 娟 涛 明 超 霞 平 刚 玲 鹏 辉 桂英 建华 建国 "
    "志强 海燕 晓东 晓梅 文博 子涵 雨桐 浩然 思远 嘉怡 俊杰 雅婷 宇轩 欣怡 梓豪 "
    "若曦 一鸣 天佑 佳宁 明轩 诗涵 国栋 立新 淑珍 玉兰 春生 秋实 振华 永康"
).split()
# Buyers of vans and trucks: (name, trade)
FIRM_NAMES = "顺途 捷运 恒达 万通 远征 长风 双桥 金穗 中驰 鸿雁 百川 同路".split()
FIRM_TRADES = "物流 冷链 商贸 建材 快运 农产品".split()


def person(rng) -> str:
    """A surname and a given name of one or two characters."""
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def firm(rng, city: str) -> str:
    trade = rng.choice(FIRM_TRADES)
    return f"{city.removesuffix('市')}{rng.choice(FIRM_NAMES)}{trade}有限公司"


def phone(rng) -> str:
    """A number no network operator has: mobile numbers do not begin with 100."""
    return f"100 {rng.randrange(10000):04d} {rng.randrange(10000):04d}"


def plate(rng, prefix: str, electric: bool) -> str:
    """A plate of the city with ``prefix``; those of new-energy cars are longer."""
    digits = "".join(rng.choices("0123456789", k=5))
    return f"{prefix}D{digits}" if electric else f"{prefix}{digits}"
