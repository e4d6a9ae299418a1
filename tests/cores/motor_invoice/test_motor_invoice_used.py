from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from odoo.addons.dms_sales.motor_invoice import (
    Judges,
    Party,
    Problem,
    UsedInvoice,
    used_problems,
)

JUDGES = Judges(is_vin=lambda vin: vin[8] == "8", is_resident=bool)
SELLER = Party("示例二手车经销有限公司", "91350100M000100Y43")
USED = UsedInvoice(
    buyer=Party("张三", "11010519491231002X", "person"),
    seller=SELLER,
    market=Party("示例二手车市场", "91350100M000100Y43"),
    gross=Decimal(80_000),
    vin="LFV2A21K8A3000001",
    plate="闽A12345",
    registration="350001234567",
    category="小型轿车",
    model="示例牌 X1",
    office="福州市车管所",
)


def found(**changes):
    return used_problems(replace(USED, **changes), JUDGES)


def test_nothing_is_wrong_with_the_sample():
    assert found() == []
    assert found(dealer=SELLER) == []


def test_it_has_the_fields_of_the_form():
    names = {field.name for field in fields(UsedInvoice)}
    assert {"buyer", "seller", "market", "dealer", "gross", "vin"} <= names
    assert {"plate", "registration", "category", "model", "office"} <= names
    assert {"code", "number", "issued_on", "remark", "drawer"} <= names


def test_the_price_in_words_and_apart():
    assert USED.words == "捌万元整"
    parts = USED.split(date(2026, 3, 2))
    assert (parts.net, parts.tax) == (Decimal("79601.99"), Decimal("398.01"))


def test_all_parties_are_checked():
    wrong = Party("wrong", "1")
    for role in ("buyer", "seller", "market", "dealer"):
        facts = {"role": role, "number": "1"}
        assert found(**{role: wrong}) == [Problem("company_number", facts)]


def test_the_vin_is_checked():
    assert found(vin="LFV2A21K7A3000001")[0].code == "vin"
    assert found(vin="1")[0].code == "vin_length"


def test_empty_fields_are_named_each():
    for name in ("plate", "registration", "category", "model", "office"):
        assert found(**{name: ""}) == [Problem("missing", {"field": name})]


def test_it_has_an_amount():
    assert found(gross=Decimal(0)) == [Problem("amount", {"gross": Decimal(0)})]
