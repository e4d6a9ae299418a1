"""Series and trims; prices are retail prices with VAT, as the trade quotes them."""

from typing import NamedTuple


class Trim(NamedTuple):
    """A trim of a series. ``power`` in kW, ``range_km`` electric by CLTC."""

    code: str
    name: str
    name_en: str
    kind: str
    energy: str
    price: int
    power: int
    battery: float = 0
    range_km: int = 0
    litres: float = 0
    seats: int = 5
    axles: int = 2
    payload: int = 0
    gross: int = 0
    interiors: tuple[str, ...] = ()
    demand: float = 1


class Series(NamedTuple):
    """``vds`` are positions 4 and 5 of the VIN."""

    brand: str
    code: str
    name: str
    name_en: str
    vds: str
    trims: tuple[Trim, ...]


BOTH = ("BK", "BG")

# One paragraph per entry reads better than one line per value.
# fmt: off
SERIES = (
    Series("QJ", "JM", "小霁", "Ji Mini", "AM", (
        Trim("301", "301 轻享版", "301 Light", "bev", "electric",
             66800, 55, 28.4, 301, seats=4),
        Trim("405", "405 悦享版", "405 Comfort", "bev", "electric",
             78800, 75, 38.1, 405, seats=4, demand=0.8),
    )),
    Series("QJ", "J5", "霁5", "Ji 5", "AJ", (
        Trim("S", "510 标准版", "510 Standard", "bev", "electric",
             129800, 150, 53.6, 510, demand=1.4),
        Trim("L", "630 长续航版", "630 Long Range", "bev", "electric",
             149800, 160, 68.2, 630, interiors=BOTH, demand=1.6),
        Trim("A", "600 四驱性能版", "600 AWD Performance", "bev", "electric",
             175800, 290, 70.5, 600, interiors=BOTH, demand=0.5),
    )),
    Series("QJ", "J7", "霁7", "Ji 7", "AS", (
        Trim("L", "705 长续航版", "705 Long Range", "bev", "electric",
             189800, 185, 79.8, 705, interiors=BOTH, demand=1.1),
        Trim("A", "650 四驱旗舰版", "650 AWD Flagship", "bev", "electric",
             229800, 350, 82.0, 650, interiors=BOTH, demand=0.4),
    )),
    Series("QJ", "J9", "霁9", "Ji 9", "AP", (
        Trim("C", "插混 180 尊享版", "PHEV 180 Premium", "phev", "petrol_electric",
             259800, 280, 36.5, 180, 1.5, 6, interiors=BOTH),
        Trim("F", "插混 220 旗舰版", "PHEV 220 Flagship", "phev", "petrol_electric",
             299800, 340, 43.2, 220, 1.5, 6, interiors=BOTH, demand=0.5),
    )),
    Series("YH", "CL", "川流", "Chuanliu", "BS", (
        Trim("15", "1.5T 舒适版", "1.5T Comfort", "ice", "petrol",
             99800, 124, litres=1.5, demand=1.5),
        Trim("20", "2.0T 豪华版", "2.0T Luxury", "ice", "petrol",
             132800, 165, litres=2.0, interiors=BOTH),
        Trim("H", "双擎 2.0L 豪华版", "Hybrid 2.0L Luxury", "hev", "petrol_electric",
             142800, 146, 1.3, litres=2.0, interiors=BOTH),
    )),
    Series("YH", "YL", "云岭", "Yunling", "BU", (
        Trim("15", "1.5T 精英版", "1.5T Elite", "ice", "petrol",
             119800, 128, litres=1.5, demand=1.5),
        Trim("20", "2.0T 四驱尊贵版", "2.0T AWD Premium", "ice", "petrol",
             169800, 175, litres=2.0, interiors=BOTH, demand=0.8),
        Trim("H", "双擎 2.5L 四驱版", "Hybrid 2.5L AWD", "hev", "petrol_electric",
             189800, 180, 1.6, litres=2.5, interiors=BOTH),
    )),
    Series("YH", "YD", "远渡", "Yuandu", "BM", (
        Trim("20", "2.0T 商务版", "2.0T Business", "ice", "petrol",
             219800, 185, litres=2.0, seats=7, demand=0.6),
        Trim("H", "双擎 2.5L 尊享版", "Hybrid 2.5L Premium", "hev", "petrol_electric",
             269800, 195, 1.9, litres=2.5, seats=7, interiors=BOTH, demand=0.6),
    )),
    Series("TS", "KY", "快驿", "Kuaiyi", "KV", (
        Trim("D", "2.0T 柴油封闭货车", "2.0T Diesel Panel Van", "commercial", "diesel",
             128800, 104, litres=2.0, seats=3, payload=1450, gross=3495),
        Trim("E", "纯电封闭货车", "Electric Panel Van", "commercial", "electric",
             168800, 120, 77.3, 340, seats=3, payload=1250, gross=3495),
    )),
    Series("TS", "QZ", "轻舟", "Qingzhou", "KL", (
        Trim("42", "4.2 米仓栅轻卡", "4.2 m Stake Truck", "commercial", "diesel",
             118800, 96, litres=2.5, seats=3, payload=1735, gross=4495, demand=1.4),
        Trim("42C", "4.2 米冷藏轻卡", "4.2 m Refrigerated Truck", "commercial",
             "diesel", 158800, 110, litres=3.0, seats=3, payload=1495, gross=4495,
             demand=0.5),
    )),
    Series("TS", "ZY", "重岳", "Zhongyue", "KH", (
        Trim("64", "6×4 牵引车 13L", "6x4 Tractor 13L", "commercial", "diesel",
             398800, 412, litres=13.0, seats=2, axles=3, payload=16000, gross=25000,
             demand=0.6),
        Trim("64G", "6×4 天然气牵引车", "6x4 LNG Tractor", "commercial", "gas",
             428800, 382, litres=13.0, seats=2, axles=3, payload=15800, gross=25000,
             demand=0.5),
    )),
)
# fmt: on
