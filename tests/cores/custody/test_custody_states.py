"""The state follows from the documents, the most urgent first."""

import pytest

from odoo.addons.dms_vehicle.custody import HOLDERS, Facts, state_of


@pytest.mark.parametrize(
    ("holder", "state"),
    [
        ("oem", "at_oem"),
        ("bank", "released"),
        ("store", "free"),
        ("customer", "delivered"),
    ],
)
def test_without_pledge_it_is_where_its_holder_is(holder, state):
    assert state_of(Facts(holder)) == state


@pytest.mark.parametrize("holder", HOLDERS)
def test_pledged_whoever_holds_it(holder):
    assert state_of(Facts(holder, is_pledged=True)) == "pledged"


def test_a_loan_of_the_bank_is_no_release():
    facts = Facts("store", is_pledged=True, is_borrowed=True)
    assert state_of(facts) == "borrowed"


def test_borrowed_counts_only_while_it_is_pledged():
    assert state_of(Facts("store", is_borrowed=True)) == "free"


def test_on_its_way_comes_before_pledged():
    facts = Facts("oem", is_pledged=True, is_moving=True)
    assert state_of(facts) == "in_transit"


def test_a_question_to_the_bank_comes_before_all_that_is_right():
    facts = Facts("bank", is_pledged=True, is_requested=True, is_moving=True)
    assert state_of(facts) == "release_requested"


@pytest.mark.parametrize("exception", ["missing", "damaged", "private_sale"])
def test_what_is_wrong_comes_first(exception):
    facts = Facts("bank", True, True, True, True, exception)
    assert state_of(facts) == exception
