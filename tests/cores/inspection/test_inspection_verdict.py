"""What an inspection comes to."""

import pytest

from odoo.addons.dms_vehicle.inspection import Item, is_within, problems, verdict

OK, OPEN, NA = Item(result="ok"), Item(), Item(result="na")
DEFECT = Item(result="defect", repair_needed=True)
SOC = Item(result="ok", measured=True, minimum=30, maximum=80)


class TestVerdict:
    def test_all_in_order(self):
        assert verdict([OK, NA, OK]) == "passed"

    @pytest.mark.parametrize("items", [[], [OPEN], [OK, OPEN]])
    def test_not_before_all_was_checked(self, items):
        assert verdict(items) == "incomplete"

    def test_what_is_not_required_may_stay_open(self):
        assert verdict([OK, OPEN._replace(required=False)]) == "passed"

    def test_but_nothing_checked_is_no_inspection(self):
        assert verdict([OPEN._replace(required=False)]) == "incomplete"

    def test_a_defect_that_must_be_repaired_fails_the_car(self):
        assert verdict([OK, DEFECT]) == "failed"

    def test_a_small_one_does_not(self):
        assert verdict([OK, DEFECT._replace(repair_needed=False)]) == "passed"

    def test_nor_one_that_somebody_in_charge_accepts(self):
        assert verdict([DEFECT._replace(accepted=True), OK]) == "passed"
        assert verdict([DEFECT._replace(accepted=True), DEFECT]) == "failed"

    def test_a_defect_does_not_hide_what_is_open(self):
        assert verdict([DEFECT, OPEN]) == "incomplete"


class TestProblems:
    def test_each_is_named_with_its_place(self):
        photo = Item(result="ok", needs_photo=True)
        assert problems([OK, OPEN, photo, SOC._replace(value=20)]) == [
            (1, "not_checked"),
            (2, "no_photo"),
            (3, "out_of_limits"),
        ]

    def test_with_its_photo_it_is_ready(self):
        assert problems([Item(result="ok", needs_photo=True, photos=1)]) == []

    def test_what_is_not_there_needs_no_photo_and_no_value(self):
        assert (
            problems([NA._replace(needs_photo=True), NA._replace(measured=True)]) == []
        )

    def test_a_defect_may_be_out_of_limits(self):
        assert problems([SOC._replace(result="defect", value=5)]) == []

    def test_a_defect_needs_its_photo_too(self):
        assert problems([DEFECT._replace(needs_photo=True)]) == [(0, "no_photo")]

    def test_a_value_that_nobody_entered_is_too_low(self):
        assert problems([SOC]) == [(0, "out_of_limits")]


class TestLimits:
    @pytest.mark.parametrize("value", [30, 55.5, 80])
    def test_the_limits_belong_to_the_range(self, value):
        assert is_within(value, 30, 80)

    @pytest.mark.parametrize("value", [29.9, 80.1, 0])
    def test_outside(self, value):
        assert not is_within(value, 30, 80)

    def test_without_upper_limit(self):
        assert is_within(1e6, 30)
        assert not is_within(-1)
