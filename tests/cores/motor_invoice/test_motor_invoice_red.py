from dataclasses import replace
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
    counterpart,
    mirror_problems,
    problems,
    split,
    standing,
)

JUDGES = Judges(is_vin=bool, is_resident=bool)
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
PAPER = Invoice.of(
    Party("张三", "11010519491231002X", "person"),
    SELLER,
    CAR,
    split(Decimal(169_500)),
    code="135012626001",
    number="00000001",
    issued_on=date(2026, 3, 2),
    drawer="李四",
)
LATER = date(2026, 3, 9)
RED = counterpart(PAPER, LATER, code="135012626001", number="00000009", drawer="王五")


def test_a_red_invoice_takes_all_amounts_back():
    assert (RED.gross, RED.net, RED.tax) == (-169_500, -150_000, -19_500)
    assert RED.words == "（负数）壹拾陆万玖仟伍佰元整"


def test_it_is_of_its_own_day_and_number_and_names_the_blue_one():
    assert (RED.state, RED.issued_on, RED.drawer) == (State.RED, LATER, "王五")
    assert (RED.key, RED.reverses) == ("13501262600100000009", PAPER.key)


def test_it_mirrors_all_else():
    assert (RED.buyer, RED.seller, RED.car) == (PAPER.buyer, PAPER.seller, PAPER.car)
    assert mirror_problems(RED, PAPER) == []


def test_each_difference_is_named():
    altered = replace(
        RED, gross=Decimal(-1), car=replace(CAR, engine="E2"), office="another"
    )
    assert mirror_problems(altered, PAPER) == [
        Problem("not_mirrored", {"field": name}) for name in ("car", "gross", "office")
    ]


def test_it_must_name_the_invoice_it_takes_back():
    assert mirror_problems(replace(RED, reverses="1"), PAPER) == [
        Problem("reverses", {"found": "1"})
    ]


@pytest.mark.parametrize(
    "blue",
    [RED, replace(PAPER, state=State.VOID), replace(PAPER, code="", number="")],
    ids=["red", "void", "not issued"],
)
def test_only_an_issued_blue_invoice_is_taken_back(blue):
    with pytest.raises(ValueError):
        counterpart(blue, LATER)


def test_what_is_taken_back_does_not_stand_any_more():
    again = replace(PAPER, number="00000010")
    assert standing([PAPER, RED]) == []
    assert standing([PAPER, RED, again]) == [again]


def test_afterwards_the_car_is_invoiced_again():
    again = replace(PAPER, number="00000010")
    assert problems(again, JUDGES, [PAPER, RED]) == []
    assert problems(again, JUDGES, [PAPER]) != []


def test_the_same_number_in_another_book_is_another_invoice():
    other = replace(PAPER, code="135012626002")
    assert standing([other, RED]) == [other]


def test_a_draft_does_not_stand():
    assert standing([replace(PAPER, code="", number="")]) == []
