import pytest

from odoo.addons.dms_sales.contract import (
    Conditions,
    ContractError,
    Facts,
    applies,
    fill,
    names,
)

DEAL = Facts(car="new", energy="electric", deposit="earnest", loan=True)


@pytest.mark.parametrize(
    "conditions",
    [
        Conditions(),
        Conditions(car="new"),
        Conditions(energy="electric", deposit="earnest"),
        Conditions(loan=True, trade_in=False),
    ],
)
def test_a_clause_that_belongs_to_the_deal(conditions):
    assert applies(conditions, DEAL)


@pytest.mark.parametrize(
    "conditions",
    [
        Conditions(car="used"),
        Conditions(deposit="advance"),
        Conditions(loan=False),
        Conditions(car="new", trade_in=True),
    ],
)
def test_one_condition_that_is_not_met_keeps_it_out(conditions):
    assert not applies(conditions, DEAL)


def test_words_are_filled_in():
    assert fill("{vin} costs {price}", {"vin": "L1", "price": "9"}) == "L1 costs 9"


def test_what_is_filled_in_is_not_read_again():
    assert fill("{name}", {"name": "{price}", "price": "0"}) == "{price}"


@pytest.mark.parametrize(("values", "code"), [({}, "unknown"), ({"vin": ""}, "empty")])
def test_no_gap_is_left_open(values, code):
    with pytest.raises(ContractError) as caught:
        fill("The car {vin}", values)
    assert (caught.value.code, caught.value.params["name"]) == (code, "vin")


def test_the_words_of_a_text():
    assert names("{vin}, {price} and {vin}") == {"vin", "price"}
