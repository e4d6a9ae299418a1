from dataclasses import replace
from decimal import Decimal

from odoo.addons.dms_sales.desk import (
    Financing,
    Limits,
    Line,
    Need,
    Sheet,
    TradeIn,
    approver,
    discount_given,
    needs,
    problems,
)

CAR = Line("car", Decimal(200_000), cost=Decimal(160_000), name="X1")
FLOOR = Decimal(190_000)
CONSULTANT = Limits("consultant", Decimal(3_000), Decimal(2))
MANAGER = Limits("manager", Decimal(8_000), Decimal(5), Decimal(2_000))
DIRECTOR = Limits("director", below_floor=None)
LADDER = [CONSULTANT, MANAGER, DIRECTOR]


def sheet(*lines, **more):
    return Sheet((CAR, *lines), **more)


def off(amount):
    return Line("store_discount", -Decimal(amount))


def codes(deal, limits=CONSULTANT, floor=FLOOR):
    return [need.code for need in needs(deal, limits, floor)]


def test_within_the_limits_nobody_is_asked():
    assert needs(sheet(off(3_000)), CONSULTANT, FLOOR) == []
    assert approver(sheet(off(3_000)), LADDER, FLOOR) == "consultant"


def test_a_discount_above_the_amount():
    assert needs(sheet(off(3_001)), CONSULTANT, FLOOR) == [
        Need("discount_amount", {"given": Decimal(3_001), "limit": Decimal(3_000)})
    ]


def test_a_discount_above_the_share_of_the_list_price():
    limits = replace(CONSULTANT, amount=None)
    assert needs(sheet(off(4_000)), limits, FLOOR) == []
    assert needs(sheet(off(4_100)), limits, FLOOR) == [
        Need("discount_percent", {"given": Decimal("2.05"), "limit": Decimal(2)})
    ]


def test_a_share_a_hair_above_its_limit_is_above():
    limits = replace(CONSULTANT, amount=None)
    assert codes(sheet(off("4000.01")), limits) == ["discount_percent"]


def test_a_price_below_the_floor():
    limits = Limits("anybody")
    assert needs(sheet(off(10_000)), limits, FLOOR) == []
    assert needs(sheet(off(10_001)), limits, FLOOR) == [
        Need("below_floor", {"price": Decimal(189_999), "floor": FLOOR})
    ]


def test_a_role_may_go_below_the_floor_so_far():
    limits = Limits("manager", below_floor=Decimal(2_000))
    assert codes(sheet(off(12_000)), limits) == []
    assert codes(sheet(off(12_001)), limits) == ["below_floor"]
    assert codes(sheet(off(50_000)), DIRECTOR) == []


def test_without_a_floor_none_is_looked_at():
    assert codes(sheet(off(50_000)), Limits("anybody"), floor=None) == []


def test_the_discount_of_the_oem_needs_no_consent():
    deal = sheet(Line("oem_discount", Decimal(-20_000), income=Decimal(20_000)))
    assert codes(deal) == []
    assert discount_given(deal) == 0


def test_all_reasons_are_named():
    assert codes(sheet(off(11_000))) == [
        *("discount_amount", "discount_percent", "below_floor"),
    ]


def test_a_gross_that_must_stay():
    limits = replace(DIRECTOR, total_gross=Decimal(16_000))
    assert codes(sheet(), limits) == []
    [need] = needs(sheet(off(2_000)), limits)
    assert need == (
        "total_gross",
        {"gross": Decimal("15221.24"), "limit": Decimal(16_000)},
    )


def test_accessories_for_nothing_are_a_discount():
    gift = Line("accessories", cost=Decimal(900), listed=Decimal(3_500))
    assert discount_given(sheet(gift)) == 3_500
    assert codes(sheet(gift)) == ["discount_amount"]


def test_a_car_charged_below_its_list_price_is_a_discount():
    cheap = replace(CAR, charge=Decimal(195_000), listed=Decimal(200_000))
    assert discount_given(Sheet((cheap,))) == 5_000


def test_an_old_car_taken_above_its_value_is_a_discount():
    dear = TradeIn(Decimal(45_000), Decimal(40_000))
    assert discount_given(sheet(off(1_000), trade_in=dear)) == 6_000


def test_what_is_earned_elsewhere_does_not_hide_a_discount():
    cheap = TradeIn(Decimal(35_000), Decimal(40_000))
    dear = Line("accessories", Decimal(900), listed=Decimal(800))
    assert discount_given(sheet(off(1_000), dear, trade_in=cheap)) == 1_000


def test_the_first_role_that_may_agree_is_asked():
    assert approver(sheet(off(8_000)), LADDER, FLOOR) == "manager"
    assert approver(sheet(off(8_001)), LADDER, FLOOR) == "director"
    assert approver(sheet(off(8_001)), LADDER[:2], FLOOR) is None


def test_a_sheet_without_a_car_has_no_floor_and_no_share():
    gift = Line("accessories", listed=Decimal(100))
    assert codes(Sheet((gift,))) == []


def test_nothing_is_sold_above_its_list_price():
    dear = replace(CAR, charge=Decimal(201_000), listed=Decimal(200_000))
    assert problems(Sheet((dear,))) == [
        (
            "above_list",
            {"name": "X1", "charge": Decimal(201_000), "listed": Decimal(200_000)},
        )
    ]
    assert problems(sheet()) == []


def test_a_loan_is_not_paid_out():
    deal = sheet(financing=Financing(Decimal(200_001)))
    assert problems(deal) == [("over_financed", {"amount": Decimal(1)})]


def test_a_deposit_may_come_back_when_the_loan_covers_all():
    assert problems(sheet(financing=Financing(Decimal(200_000)), paid=Decimal(5))) == []


def test_a_lender_finances_a_share_of_the_price_after_discounts():
    deal = sheet(off(10_000), financing=Financing(Decimal(152_001)))
    assert problems(deal) == []
    facts = {"amount": Decimal(152_001), "price": Decimal(190_000)}
    assert problems(deal, Decimal(80)) == [("over_lent", facts)]
    fitting = replace(deal, financing=Financing(Decimal(152_000)))
    assert problems(fitting, Decimal(80)) == []
