from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.dms_sales.purchase_tax import Purchase, PurchaseError, Relief, assess

IN_2023 = date(2023, 12, 31)
IN_2025 = date(2025, 12, 31)
IN_2026 = date(2026, 1, 1)
IN_2027 = date(2027, 12, 31)
IN_2028 = date(2028, 1, 1)


def bought(price=150_000, on=IN_2026, kind="bev", **facts):
    """A battery electric car of the catalogue, unless said otherwise."""
    return Purchase(on, Decimal(price), kind, **{"in_catalogue": True} | facts)


def tax(*args, **kwargs):
    return assess(bought(*args, **kwargs)).tax


def refusal(*args, **kwargs):
    with pytest.raises(PurchaseError) as caught:
        bought(*args, **kwargs)
    return caught.value.code


def test_a_tenth_of_the_price_without_vat():
    assert tax(150_000, kind="ice") == Decimal("15000.00")


def test_the_tax_is_rounded_half_up_to_the_cent():
    assert tax("167964.60", kind="ice") == Decimal("16796.46")
    assert tax("100000.05", kind="ice") == Decimal("10000.01")
    assert tax("100000.04", kind="ice") == Decimal("10000.00")


@pytest.mark.parametrize("kind", ["bev", "phev", "fcev"])
def test_until_2025_a_new_energy_car_is_spared_up_to_30000(kind):
    assert tax(150_000, IN_2025, kind) == 0
    assert tax(300_000, IN_2025, kind) == 0
    assert tax(400_000, IN_2025, kind) == Decimal("10000.00")


@pytest.mark.parametrize("kind", ["bev", "phev", "fcev"])
def test_in_2026_and_2027_half_is_spared_up_to_15000(kind):
    for day in (IN_2026, IN_2027):
        assert tax(150_000, day, kind, electric_km=100) == Decimal("7500.00")
        assert tax(300_000, day, kind, electric_km=100) == Decimal("15000.00")
        assert tax(400_000, day, kind, electric_km=100) == Decimal("25000.00")


def test_half_an_odd_cent_is_spared_half_up():
    found = assess(bought("100000.10"))
    assert (found.full, found.spared, found.tax) == (
        Decimal("10000.01"),
        Decimal("5000.01"),
        Decimal("5000.00"),
    )


def test_outside_the_table_the_tax_is_full():
    assert tax(150_000, IN_2023) == 15_000
    assert tax(150_000, IN_2028) == 15_000
    assert assess(bought(on=IN_2028)).relief is None


def test_combustion_is_never_spared():
    assert tax(150_000, IN_2025, "ice") == 15_000


def test_the_model_must_stand_in_the_catalogue():
    found = assess(bought(in_catalogue=False))
    assert (found.tax, found.refused) == (15_000, ("not_in_catalogue",))


def test_from_2026_a_plug_in_hybrid_goes_100_km_on_its_battery():
    assert tax(kind="phev", electric_km=100) == 7_500
    found = assess(bought(kind="phev", electric_km=99))
    assert (found.tax, found.refused) == (15_000, ("electric_range",))


def test_until_2025_the_catalogue_alone_decides_about_plug_in_hybrids():
    assert tax(kind="phev", on=IN_2025, electric_km=60) == 0


def test_all_conditions_not_met_are_named():
    found = assess(bought(kind="phev", in_catalogue=False))
    assert found.refused == ("not_in_catalogue", "electric_range")


def test_the_assessment_names_the_row_that_decided():
    relief = assess(bought()).relief
    assert (relief.kind, relief.percent, relief.passenger_cap) == ("bev", 50, 15_000)
    assert "2023年第10号" in relief.source


def test_the_cap_is_for_passenger_cars_only():
    assert tax(1_000_000, IN_2025, is_passenger=False) == 0
    assert tax(1_000_000, IN_2026, is_passenger=False) == 50_000


def test_a_battery_invoiced_apart_is_not_taxed_when_it_can_be_swapped():
    found = assess(bought(250_000, swaps_battery=True, battery=Decimal(70_000)))
    assert (found.base, found.full, found.tax) == (180_000, 18_000, 9_000)


def test_a_battery_on_the_invoice_of_the_car_is_taxed():
    assert assess(bought(250_000, swaps_battery=True)).base == 250_000


def test_a_fixed_battery_cannot_be_left_out_of_the_price():
    assert refusal(250_000, battery=Decimal(70_000)) == "battery"


def test_a_battery_costs_less_than_the_whole():
    assert refusal(swaps_battery=True, battery=Decimal(150_000)) == "battery"
    assert refusal(swaps_battery=True, battery=Decimal(-1)) == "battery"


def test_a_purchase_has_a_price_and_a_known_kind():
    assert refusal(0) == "price"
    assert refusal(-1) == "price"
    assert refusal(kind="steam") == "kind"


def test_the_rules_of_a_new_year_are_a_row():
    row = Relief("bev", IN_2028, date(2029, 12, 31), Decimal(25), Decimal(5_000))
    assert assess(bought(on=IN_2028), [row]).tax == Decimal("11250.00")
    assert assess(bought(400_000, on=IN_2028), [row]).tax == Decimal("35000.00")


def test_a_later_row_replaces_an_earlier_one_of_the_same_day():
    earlier, later = (
        Relief("bev", IN_2026, IN_2027, Decimal(percent)) for percent in (50, 100)
    )
    assert assess(bought(), [earlier, later]).tax == 0


def test_a_row_without_cap_spares_any_amount():
    row = Relief("bev", IN_2026, IN_2027, Decimal(50))
    assert assess(bought(1_000_000), [row]).tax == 50_000
