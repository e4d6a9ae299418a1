"""Who built the car and whose badge it carries."""

import csv
from pathlib import Path

import pytest

from odoo.addons.dms_vehicle import vin as package
from odoo.addons.dms_vehicle.vin import (
    MAKERS,
    country_of,
    decode,
    maker_of,
    with_check_digit,
    wmi_of,
)
from odoo.addons.dms_vehicle.vin.country import COUNTRIES
from odoo.addons.dms_vehicle.vin.make import RULES

PACKAGE = Path(package.__file__).parent
NAMES = ("wmi_vpic.csv", "wmi_supplement.csv", "wmi_china.csv")


def car(wmi: str, vds: str = "AA12B", year_code: str = "N") -> package.Decoded:
    """Decode a VIN with this WMI, positions 4-8 and model year code."""
    vds = (vds + "AA12B"[len(vds) :])[:5]
    return decode(with_check_digit(f"{wmi}{vds}0{year_code}0000001"), today_year=2026)


def file_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the package."""
    with (PACKAGE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("wmi", "make", "maker"),
    [
        ("LFV", "Volkswagen", "FAW-Volkswagen"),
        ("LSV", "Volkswagen", "SAIC Volkswagen"),
        ("LC0", "BYD", "BYD"),
        ("LGX", "BYD", "BYD"),
        ("LGW", "Great Wall", "Great Wall"),
        ("LVS", "Ford", "Changan Ford"),
        ("LBV", "BMW", "BMW Brilliance"),
        ("LE4", "Mercedes-Benz", "Beijing Benz"),
        ("LRW", "Tesla", "Tesla"),
        ("LVH", "Honda", "Dongfeng Honda"),
        ("LHG", "Honda", "GAC Honda"),
        ("LVG", "Toyota", "GAC Toyota"),
        ("LFM", "Toyota", "FAW Toyota"),
        ("LZW", "Wuling", "SAIC-GM-Wuling"),
        ("LPS", "Polestar", "Polestar"),
    ],
)
def test_chinese_makers(wmi: str, make: str, maker: str) -> None:
    assert (car(wmi).make, car(wmi).country) == (make, "CN")
    assert maker in (car(wmi).maker or "")


@pytest.mark.parametrize(
    ("wmi", "wrong"), [("LFV", "Geely"), ("LC0", "NIO"), ("LGW", "BYD"), ("LVS", "BMW")]
)
def test_widespread_errors_are_not_repeated(wmi: str, wrong: str) -> None:
    assert wrong not in car(wmi).makes
    assert wrong not in (car(wmi).maker or "")


def test_every_chinese_row_names_both_languages_and_its_source() -> None:
    for row in file_rows("wmi_china.csv"):
        makes, makes_zh = row["brand_en"].split("|"), row["brand_zh"].split("|")
        assert len(makes) == len(makes_zh), row["wmi"]
        assert row["maker_en"] and row["maker_zh"], row["wmi"]
        assert row["source"] in {"vininfo", "vPIC", "vininfo+vPIC", "trade"}


def test_chinese_names_are_at_hand() -> None:
    maker = maker_of("LSG")
    assert maker is not None
    assert maker.name_zh == "上汽通用"
    assert maker.makes_zh == ("别克", "雪佛兰", "凯迪拉克")


def test_a_wmi_with_several_makes_offers_all_of_them() -> None:
    assert car("LGB").makes == ("Nissan", "Venucia", "Infiniti")
    assert car("LGB").make == "Nissan"


@pytest.mark.parametrize("name", NAMES)
def test_a_table_names_each_wmi_once(name: str) -> None:
    wmis = [row["wmi"] for row in file_rows(name)]
    assert len(wmis) == len(set(wmis))
    assert all(len(wmi) in (3, 6) for wmi in wmis)


@pytest.mark.parametrize("name", NAMES)
def test_every_wmi_can_occur_in_a_vin(name: str) -> None:
    for row in file_rows(name):
        assert set(row["wmi"]) <= package.ALPHABET, row["wmi"]
        assert country_of(row["wmi"]) is not None, row["wmi"]


def test_the_later_table_wins() -> None:
    assert maker_of("LSG") is not None
    assert MAKERS["LSG"].name.startswith("SAIC")
    assert MAKERS["1N4"].makes == ("Nissan",)


@pytest.mark.parametrize(
    ("wmi", "make"),
    [
        ("1FA", "Ford"),
        ("1FD", "Ford"),
        ("1G1", "Chevrolet"),
        ("1GT", "GMC"),
        ("1HD", "Harley-Davidson"),
        ("1XP", "Peterbilt"),
        ("4JG", "Mercedes-Benz"),
        ("5YJ", "Tesla"),
        ("JF2", "Subaru"),
        ("JM1", "Mazda"),
        ("KMT", "Genesis"),
        ("SAL", "Land Rover"),
        ("TMB", "Skoda"),
        ("VF7", "Citroen"),
        ("VSS", "SEAT"),
        ("WBA", "BMW"),
        ("WMW", "MINI"),
        ("YV1", "Volvo"),
        ("ZFF", "Ferrari"),
        ("9BW", "Volkswagen"),
    ],
)
def test_makers_of_the_world(wmi: str, make: str) -> None:
    assert car(wmi).make == make


@pytest.mark.parametrize(
    ("wmi", "vds", "code", "make"),
    [
        pytest.param("1C4", "RDHAG", "K", "Dodge", id="Durango"),
        pytest.param("1C4", "RJFAG", "K", "Jeep", id="Grand Cherokee"),
        pytest.param("2C3", "CDXBG", "K", "Dodge", id="Charger"),
        pytest.param("2C3", "CCAAG", "K", "Chrysler", id="300"),
        pytest.param("2C4", "RDGBG", "K", "Dodge", id="Grand Caravan"),
        pytest.param("3C3", "CFFAR", "D", "Fiat", id="500"),
        pytest.param("1C6", "RR7GG", "H", "Ram", id="1500"),
        pytest.param("1C6", "RD7FP", "C", "Ram", id="1500 of 2012"),
        pytest.param("1C6", "HJTAG", "L", "Jeep", id="Gladiator"),
        pytest.param("ZAC", "PDFCW", "P", "Dodge", id="Hornet"),
        pytest.param("ZFB", "ERFAB", "H", "Ram", id="ProMaster City"),
        pytest.param("5N1", "DL0MN", "K", "Infiniti", id="QX60"),
        pytest.param("5N1", "DR2MN", "K", "Nissan", id="Pathfinder"),
        pytest.param("JN1", "EV7AP", "K", "Infiniti", id="Q50"),
        pytest.param("JN1", "AZ4EH", "K", "Nissan", id="370Z"),
        pytest.param("JN1", "BJ1CR", "K", "Nissan", id="Rogue Sport"),
        pytest.param("JN8", "AZ2NE", "K", "Infiniti", id="QX80"),
        pytest.param("JN8", "AY2NC", "K", "Nissan", id="Armada"),
        pytest.param("JN8", "AS5MT", "D", "Nissan", id="Rogue"),
        pytest.param("3N6", "3M0YN", "H", "Chevrolet", id="City Express"),
        pytest.param("3N6", "CM0KN", "H", "Nissan", id="NV200"),
        pytest.param("3KP", "C24A3", "K", "Hyundai", id="Accent"),
        pytest.param("3KP", "F24AD", "K", "Kia", id="Forte"),
        pytest.param("5XY", "ZUDLB", "D", "Hyundai", id="Santa Fe Sport"),
        pytest.param("5XY", "PGDA5", "H", "Kia", id="Sorento"),
        pytest.param("JF1", "ZNBB1", "N", "Toyota", id="GR86"),
        pytest.param("JF1", "ZDBB1", "N", "Subaru", id="BRZ"),
        pytest.param("LSG", "PC52U", "A", "Chevrolet", id="Cruze"),
    ],
)
def test_positions_4_to_8_tell_makes_of_one_wmi_apart(
    wmi: str, vds: str, code: str, make: str
) -> None:
    assert car(wmi, vds, code).make == make


def test_a_rule_settles_the_make() -> None:
    assert car("LSG", "PC52U", "A").makes == ("Chevrolet",)
    assert car("LSG", "JA52U", "A").makes == ("Buick", "Chevrolet", "Cadillac")


def test_a_rule_holds_only_for_its_years() -> None:
    # Before 2012 the letter at position 5 was a car line: J was the Cirrus.
    assert decode(with_check_digit("1C3EJ56H0VN000001")).make == "Chrysler"


def test_every_rule_belongs_to_a_known_wmi() -> None:
    assert set(RULES) <= set(MAKERS)
    for rules in RULES.values():
        assert all(rule.first_year <= rule.last_year for rule in rules)


def test_a_low_volume_maker_is_found_by_positions_12_to_14() -> None:
    vin = with_check_digit("1B9AA12B0N0113001")
    assert wmi_of(vin) == "1B9113"
    assert (decode(vin).wmi, decode(vin).make) == ("1B9113", "Vironex")


def test_low_volume_makers_under_one_prefix_are_told_apart() -> None:
    assert decode(with_check_digit("1B9AA12B0N0884001")).make == "BBC"


def test_the_end_of_a_vin_extends_no_ordinary_wmi() -> None:
    assert wmi_of("1HGCM82633A113352") == "1HG"


def test_an_unknown_maker_is_a_warning() -> None:
    unknown = car("AB1")
    assert (unknown.valid, unknown.make, unknown.maker) == (True, None, None)
    assert [warning.code for warning in unknown.warnings] == ["unknown_wmi"]
    assert unknown.warnings[0].params == {"wmi": "AB1"}


@pytest.mark.parametrize(
    ("codes", "country"),
    [
        (("AA", "AH"), "ZA"),
        (("HA", "H0"), "CN"),
        (("JA", "J0"), "JP"),
        (("KL", "KR"), "KR"),
        (("LA", "LZ", "L1", "L9", "L0"), "CN"),
        (("MA", "ME"), "IN"),
        (("MF", "MK"), "ID"),
        (("ML", "MR"), "TH"),
        (("NL", "NR"), "TR"),
        (("RF", "RK"), "TW"),
        (("SA", "SM"), "GB"),
        (("SN", "ST"), "DE"),
        (("SU", "SZ"), "PL"),
        (("TJ", "TP"), "CZ"),
        (("TR", "TV"), "HU"),
        (("VA", "VE"), "AT"),
        (("VF", "VR"), "FR"),
        (("VS", "VW"), "ES"),
        (("WA", "W0"), "DE"),
        (("XL", "XR"), "NL"),
        (("YF", "YK"), "FI"),
        (("YS", "YW"), "SE"),
        (("ZA", "ZR"), "IT"),
        (("1A", "10", "4A", "40", "5A", "50", "7F", "70"), "US"),
        (("2A", "21"), "CA"),
        (("3A", "3W"), "MX"),
        (("6A", "6W"), "AU"),
        (("8A", "8E"), "AR"),
        (("9A", "9E", "93", "99"), "BR"),
    ],
)
def test_country_ranges(codes: tuple[str, ...], country: str) -> None:
    assert {country_of(code) for code in codes} == {country}


@pytest.mark.parametrize("code", ["G1", "0A", "E5", "Q1"])
def test_unassigned_ranges_have_no_country(code: str) -> None:
    assert country_of(code) is None


def test_countries_are_alpha_2_codes_and_ranges_do_not_overlap() -> None:
    assert all(len(c) == 2 and c.isupper() for c in COUNTRIES.values())
    order = package.alphabet.ORDER
    spans = [row["range"].split("-") for row in file_rows("iso3780.csv")]
    sizes = [order.index(b[1]) - order.index(a[1]) + 1 for a, b in spans]
    assert sum(sizes) == len(COUNTRIES)
