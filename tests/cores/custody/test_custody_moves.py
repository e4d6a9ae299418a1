"""Who may hand a certificate to whom."""

import pytest

from odoo.addons.dms_vehicle.custody import HOLDERS, Place, move_problem

OEM, SAFE, OTHER_SAFE = Place("oem"), Place("store", 1), Place("store", 2)
BANK, OTHER_BANK, CUSTOMER = Place("bank", 7), Place("bank", 8), Place("customer", 5)


class TestWithoutPledge:
    @pytest.mark.parametrize(
        ("source", "target"),
        [
            (OEM, SAFE),
            (SAFE, OTHER_SAFE),
            (SAFE, CUSTOMER),
            (SAFE, OEM),
            (BANK, SAFE),
            (CUSTOMER, SAFE),
        ],
    )
    def test_it_may_go(self, source, target):
        assert move_problem(source, target) == ""

    @pytest.mark.parametrize(
        ("source", "target"),
        [(OEM, CUSTOMER), (BANK, CUSTOMER), (BANK, OEM), (CUSTOMER, OEM)],
    )
    def test_no_way_leads_past_the_store(self, source, target):
        assert move_problem(source, target) == "no_way"

    @pytest.mark.parametrize("source", [OEM, SAFE])
    def test_a_bank_gets_only_what_is_pledged_to_it(self, source):
        assert move_problem(source, BANK) == "not_pledged"

    def test_it_does_not_go_where_it_is(self):
        assert move_problem(SAFE, SAFE) == "same_place"


class TestPledged:
    @pytest.mark.parametrize("source", [OEM, SAFE])
    def test_it_goes_to_its_lender(self, source):
        assert move_problem(source, BANK, lender=7) == ""

    @pytest.mark.parametrize("source", [OEM, SAFE])
    def test_it_goes_to_no_other_bank(self, source):
        assert move_problem(source, OTHER_BANK, lender=7) == "other_bank"

    @pytest.mark.parametrize(
        ("source", "target"), [(BANK, SAFE), (SAFE, CUSTOMER), (SAFE, OEM), (OEM, SAFE)]
    )
    def test_it_goes_nowhere_else_before_its_release(self, source, target):
        assert move_problem(source, target, lender=7) == "not_released"

    def test_the_bank_may_lend_it(self):
        assert move_problem(BANK, SAFE, lender=7, is_loan=True) == ""

    def test_what_the_bank_does_not_hold_it_cannot_lend(self):
        assert move_problem(SAFE, OTHER_SAFE, lender=7, is_loan=True) == "no_loan"

    def test_without_pledge_there_is_nothing_to_lend(self):
        assert move_problem(BANK, SAFE, is_loan=True) == "no_loan"


def test_every_holder_has_ways_out():
    for holder in HOLDERS:
        targets = [Place(other, 9) for other in HOLDERS]
        assert any(not move_problem(Place(holder), to, lender=0) for to in targets)
