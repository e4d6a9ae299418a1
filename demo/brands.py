"""Three fictional brands, their makers and their colours."""

from typing import NamedTuple


class Brand(NamedTuple):
    """``wmi``: no table knows a maker who holds it. ``cost`` is the dealer's price
    as a share of the retail price."""

    code: str
    name: str
    name_en: str
    maker: str
    maker_city: str
    wmi: str
    plant: str
    cost: float
    colours: tuple[str, ...]


# One paragraph per entry reads better than one line per value.
# fmt: off
BRANDS = (
    Brand(
        "QJ", "青霁", "Qingji", "青霁新能源汽车有限公司", "合肥市",
        "L0Y", "A", 0.935, ("WHT", "GRY", "BLU", "GRN"),
    ),
    Brand(
        "YH", "岳衡", "Yueheng", "岳衡汽车股份有限公司", "长沙市",
        "L0B", "C", 0.945, ("WHT", "BLK", "SLV", "RED"),
    ),
    Brand(
        "TS", "驮山", "Tuoshan", "驮山商用车有限公司", "济南市",
        "L0T", "K", 0.955, ("WHT", "RED", "YLW"),
    ),
)
# fmt: on

# code -> (中文, English, extra on the retail price, which has a round net price)
COLOURS = {
    "WHT": ("雪域白", "Snow white", 0),
    "BLK": ("曜石黑", "Obsidian black", 0),
    "GRY": ("远山灰", "Mountain grey", 0),
    "SLV": ("月光银", "Moonlight silver", 0),
    "BLU": ("天青蓝", "Celadon blue", 2260),
    "GRN": ("松烟绿", "Pine green", 2260),
    "RED": ("朱砂红", "Cinnabar red", 1130),
    "YLW": ("工程黄", "Works yellow", 0),
}
INTERIORS = {
    "BK": ("墨黑内饰", "Black interior", 0),
    "BG": ("米杏内饰", "Beige interior", 3390),
}
