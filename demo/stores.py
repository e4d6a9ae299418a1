"""The dealer group, its sales regions and its twelve stores."""

from typing import NamedTuple

GROUP = ("星槎汽车集团", "XINGCHA")
HOLDING = "星槎汽车集团有限公司"
HOTLINE = "400-000-0000"
PASSWORD = "dms-demo"

# code -> (中文, English)
REGIONS = {
    "EAST": ("华东大区", "East China"),
    "NORTH": ("华北大区", "North China"),
    "SOUTH": ("华南大区", "South China"),
    "WEST": ("中西部大区", "Central and West China"),
}


class Store(NamedTuple):
    """One legal entity.

    ``pace`` is how many cars it sells in a plain month, ``opening`` how many it had
    at the start, ``external`` how many cars of customers it knows from the workshop.
    """

    code: str
    name: str
    kind: str
    region: str
    province: str
    city: str
    street: str
    latitude: float
    longitude: float
    plate: str
    brands: tuple[str, ...] = ()
    pace: float = 0
    opening: int = 0
    external: int = 0
    consultants: int = 0


# One paragraph per entry reads better than one line per value.
# fmt: off
STORES = (
    Store(
        "SH01", "星槎汽车上海浦东店", "4s", "EAST", "上海市", "上海市",
        "浦东新区张杨北路 5188 号", 31.2858, 121.5877, "沪A",
        ("QJ",), 6, 20, 120, 3,
    ),
    Store(
        "BJ01", "星槎汽车北京朝阳店", "4s", "NORTH", "北京市", "北京市",
        "朝阳区来广营西路 66 号", 40.0203, 116.4612, "京A",
        ("QJ",), 5.5, 18, 115, 3,
    ),
    Store(
        "GZ01", "星槎汽车广州番禺店", "4s", "SOUTH", "广东省", "广州市",
        "番禺区迎宾路 818 号", 22.9966, 113.3389, "粤A",
        ("YH",), 6, 18, 130, 3,
    ),
    Store(
        "CD01", "星槎汽车成都高新店", "4s", "WEST", "四川省", "成都市",
        "高新区天府大道南段 1399 号", 30.5267, 104.0668, "川A",
        ("QJ",), 4.5, 14, 100, 2,
    ),
    Store(
        "NJ01", "星槎汽车南京江宁店", "4s", "EAST", "江苏省", "南京市",
        "江宁区双龙大道 1700 号", 31.9277, 118.8320, "苏A",
        ("YH",), 5.5, 15, 130, 2,
    ),
    Store(
        "WH01", "星槎汽车武汉经开店", "4s", "WEST", "湖北省", "武汉市",
        "经济技术开发区东风大道 588 号", 30.4883, 114.1637, "鄂A",
        ("YH", "TS"), 6, 15, 130, 2,
    ),
    Store(
        "XA01", "星槎商用车西安店", "4s", "WEST", "陕西省", "西安市",
        "灞桥区纺渭路 900 号", 34.3011, 109.0652, "陕A",
        ("TS",), 4, 10, 75, 1,
    ),
    Store(
        "HZ01", "星槎汽车杭州滨江城市展厅", "showroom", "EAST", "浙江省", "杭州市",
        "滨江区江南大道 288 号", 30.2084, 120.2119, "浙A",
        ("QJ",), 3, 8, 0, 1,
    ),
    Store(
        "SZ01", "星槎汽车深圳南山城市展厅", "showroom", "SOUTH", "广东省", "深圳市",
        "南山区海德三道 199 号", 22.5179, 113.9353, "粤B",
        ("QJ",), 4, 12, 0, 2,
    ),
    Store(
        "SY01", "星槎汽车沈阳铁西服务站", "service", "NORTH", "辽宁省", "沈阳市",
        "铁西区沈辽路 600 号", 41.7696, 123.2947, "辽A",
        ("YH", "TS"), 0, 0, 195, 0,
    ),
    Store(
        "CQ01", "星槎二手车重庆渝北店", "used_car", "WEST", "重庆市", "重庆市",
        "渝北区机场路 320 号", 29.6614, 106.5986, "渝A",
        ("QJ",), 1.2, 20, 30, 1,
    ),
    Store(
        "TJ01", "星槎汽车天津配件中心", "parts_centre", "NORTH", "天津市", "天津市",
        "北辰区京津公路 358 号", 39.2255, 117.1334, "津A",
        ("QJ", "YH", "TS"),
    ),
)
# fmt: on
