from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.dms_sales.motor_invoice import (
    Car,
    Invoice,
    Judges,
    Party,
    Problem,
    State,
    problems,
    split,
)

JUDGES = Judges(
    is_vin=lambda vin: vin[8] == "8", is_resident=lambda number: number[-1] == "X"
)
"""The real ones have their own tests; these say no to what shall be refused here."""

BUYER = Party("张三", "11010519491231002X", "person")
SELLER = Party("示例汽车销售有限公司", "91350100M000100Y43")
CAR = Car(
    vin="LFV2A21K8A3000001",
    category="轿车",
    model="示例牌 X1",
    origin="长春",
    certificate="WAB012345678901",
    engine="E123456",
    seats=5,
)
IMPORTED = replace(
    CAR,
    certificate="",
    import_certificate="H26000001",
    inspection="J26000001",
    is_import=True,
)
PAPER = Invoice.of(
    BUYER,
    SELLER,
    CAR,
    split(Decimal(169_500)),
    code="135012626001",
    number="00000001",
    issued_on=date(2026, 3, 2),
    machine="661234567890",
    office="示例税务局",
    office_code="13501000000",
    drawer="李四",
)
DIGITAL = replace(PAPER, code="", number="26350000000000000001")
TRUCK = replace(CAR, is_truck=True, tonnage=Decimal("1.495"))


def found(invoice, others=()):
    return problems(invoice, JUDGES, others)


def codes(invoice, others=()):
    return [problem.code for problem in found(invoice, others)]


def with_car(car=CAR, **changes):
    return replace(PAPER, car=replace(car, **changes))


def test_nothing_is_wrong_with_the_samples():
    for invoice in (PAPER, DIGITAL, with_car(IMPORTED), with_car(TRUCK)):
        assert found(invoice) == []


def test_it_has_the_fields_of_the_form():
    names = {field.name for field in fields(Invoice)}
    assert {"code", "number", "issued_on", "machine"} <= names
    assert {"buyer", "seller", "car", "gross", "net", "tax", "percent"} <= names
    assert {"office", "office_code", "receipt", "goods_code", "drawer"} <= names
    assert {field.name for field in fields(Car)} >= {
        *("vin", "category", "model", "origin", "certificate", "engine"),
        *("import_certificate", "inspection", "tonnage", "seats"),
    }
    assert {field.name for field in fields(Party)} >= {
        *("name", "number", "address", "phone", "bank", "account"),
    }


def test_the_price_stands_there_in_words():
    assert PAPER.words == "壹拾陆万玖仟伍佰元整"


def test_empty_fields_are_named_each():
    empty = Invoice.of(Party(), Party(), Car(), split(Decimal(1)))
    missing = [p.facts["field"] for p in found(empty) if p.code == "missing"]
    assert missing == [
        *("buyer.name", "buyer.number"),
        *("car.category", "car.model", "car.origin", "car.engine", "car.seats"),
        *("seller.name", "seller.number"),
    ]


def test_blanks_are_no_name():
    assert codes(replace(PAPER, buyer=replace(BUYER, name=" "))) == ["missing"]


def test_a_vin_has_17_characters():
    assert found(with_car(vin="LFV2A21K8A300000")) == [
        Problem("vin_length", {"vin": "LFV2A21K8A300000", "length": 16})
    ]


def test_the_judge_decides_about_a_vin():
    assert found(with_car(vin="LFV2A21K7A3000001")) == [
        Problem("vin", {"vin": "LFV2A21K7A3000001"})
    ]


def test_a_company_has_a_credit_code_that_fits():
    wrong = replace(SELLER, number="91350100M000100Y44")
    facts = {"number": wrong.number}
    assert found(replace(PAPER, seller=wrong)) == [
        Problem("company_number", facts | {"role": "seller"})
    ]
    assert found(replace(PAPER, buyer=wrong)) == [
        Problem("company_number", facts | {"role": "buyer"})
    ]


def test_the_judge_decides_about_a_person_and_the_number_is_not_repeated():
    wrong = replace(BUYER, number="110105194912310021")
    assert found(replace(PAPER, buyer=wrong)) == [
        Problem("person_number", {"role": "buyer"})
    ]


def test_a_passport_is_not_checked():
    assert found(replace(PAPER, buyer=Party("John Doe", "P1234567", "other"))) == []


def test_a_buyer_that_deducts_vat_is_a_company():
    assert codes(replace(PAPER, is_deducted=True)) == ["deduction"]
    assert codes(replace(PAPER, is_deducted=True, buyer=SELLER)) == []


def test_a_domestic_car_has_a_certificate_number():
    assert codes(with_car(certificate="")) == ["certificate_missing"]


@pytest.mark.parametrize("paper", ["import_certificate", "inspection"])
def test_a_domestic_car_has_no_import_papers(paper):
    assert found(with_car(**{paper: "H26000001"})) == [
        Problem("import_papers", {"found": "H26000001"})
    ]


@pytest.mark.parametrize("paper", ["import_certificate", "inspection"])
def test_an_imported_car_has_both_import_papers(paper):
    assert found(with_car(IMPORTED, **{paper: ""})) == [
        Problem("import_papers_missing", {"field": f"car.{paper}"})
    ]


def test_an_imported_car_has_no_domestic_certificate():
    assert codes(with_car(IMPORTED, certificate="WAB012345678901")) == ["certificate"]


def test_only_a_truck_has_a_tonnage():
    assert codes(with_car(TRUCK, tonnage=Decimal(0))) == ["tonnage_missing"]
    assert codes(with_car(tonnage=Decimal(1))) == ["tonnage"]


def test_net_and_tax_must_follow_from_the_price():
    wrong = replace(PAPER, net=Decimal("149999.99"), tax=Decimal("19500.01"))
    assert found(wrong) == [
        Problem("split", {"net": Decimal("150000.00"), "tax": Decimal("19500.00")})
    ]


def test_a_blue_invoice_has_an_amount():
    assert codes(replace(PAPER, gross=Decimal(0))) == ["amount"]
    assert codes(replace(PAPER, gross=Decimal(-1))) == ["amount"]


@pytest.mark.parametrize(
    "code, number",
    [
        ("135012626001", "0000001"),
        ("13501262600", "00000001"),
        ("", "00000001"),
        ("135012626001", ""),
        ("135012626001", "0000000A"),
        ("135012626001", "26350000000000000001"),
    ],
)
def test_numbers_have_their_form(code, number):
    assert codes(replace(PAPER, code=code, number=number)) == ["number"]


def test_an_invoice_not_issued_yet_has_no_number():
    assert codes(replace(PAPER, code="", number="")) == []


def test_one_car_has_one_invoice():
    other = replace(PAPER, number="00000002")
    assert found(PAPER, [other]) == [Problem("car_invoiced", {"number": "00000002"})]
    draft = replace(PAPER, code="", number="")
    assert codes(draft, [other]) == ["car_invoiced"]


def test_an_invoice_does_not_stand_in_its_own_way():
    assert codes(PAPER, [PAPER]) == []


def test_an_invoice_of_another_car_does_not_count():
    other = replace(with_car(vin="LFV2A21K8A3000002"), number="00000002")
    assert codes(PAPER, [other]) == []


@pytest.mark.parametrize("state", [State.OUT_OF_CONTROL, State.ABNORMAL])
def test_an_invoice_in_trouble_still_stands_in_the_way(state):
    other = replace(PAPER, number="00000002", state=state)
    assert codes(PAPER, [other]) == ["car_invoiced"]


def test_a_void_invoice_does_not():
    other = replace(PAPER, number="00000002", state=State.VOID)
    assert codes(PAPER, [other]) == []


def test_the_states_are_those_of_the_tax_office():
    assert [(state.value, state.zh) for state in State] == [
        ("0", "正常"),
        ("1", "失控"),
        ("2", "作废"),
        ("3", "红字"),
        ("4", "异常"),
    ]
