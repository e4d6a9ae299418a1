"""The checks that other packages of the suite hand in."""

from decimal import Decimal

import pytest

from odoo.addons.dms_base.identity import resident_number
from odoo.addons.dms_sales.motor_invoice import (
    Car,
    Invoice,
    Judges,
    Party,
    problems,
    split,
)
from odoo.addons.dms_vehicle.vin import decode


def is_resident(number):
    try:
        return resident_number(number) == number
    except ValueError:
        return False


JUDGES = Judges(is_vin=lambda text: decode(text).valid, is_resident=is_resident)
SELLER = Party("示例汽车销售有限公司", "91350100M000100Y43")


def codes(vin="LFV2A21K8A3000001", number="11010519491231002X"):
    car = Car(
        vin=vin,
        category="轿车",
        model="示例牌 X1",
        origin="长春",
        certificate="WAB012345678901",
        engine="E123456",
        seats=5,
    )
    buyer = Party("张三", number, "person")
    invoice = Invoice.of(buyer, SELLER, car, split(Decimal(169_500)))
    return [problem.code for problem in problems(invoice, JUDGES)]


def test_a_good_vin_and_a_good_number():
    assert codes() == []


def test_the_check_digit_of_a_vin():
    assert codes(vin="LFV2A21K7A3000001") == ["vin"]


@pytest.mark.parametrize("letter", "IOQ")
def test_letters_that_no_vin_has(letter):
    assert codes(vin=f"LFV2A21K8A{letter}000001") == ["vin"]


@pytest.mark.parametrize(
    "number", ["110105194912310021", "11010519491331002X", "1101051949123100", "x"]
)
def test_a_number_of_no_resident_card(number):
    assert codes(number=number) == ["person_number"]
