"""Which check comes next for a pass, and whether its car is late."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from odoo.addons.dms_vehicle.gate import (
    Slip,
    is_late,
    odometer_problem,
    state_of,
    verdict,
)

NOON = datetime(2026, 11, 30, 12)
HOUR = timedelta(hours=1)
DRIVE = Slip(NOON, NOON + 2 * HOUR, back_by=NOON + 3 * HOUR)
DELIVERY = replace(DRIVE, back_by=None)
OUT = replace(DRIVE, left_at=NOON + HOUR)
BACK = replace(OUT, returned_at=NOON + 2 * HOUR)


class TestLeaving:
    @pytest.mark.parametrize("slip", [DRIVE, DELIVERY])
    @pytest.mark.parametrize("hours", [0, 1, 2])
    def test_while_it_is_valid_the_car_is_let_out(self, slip, hours):
        assert verdict(slip, NOON + hours * HOUR) == "let_out"
        assert state_of(slip, NOON + hours * HOUR) == "issued"

    def test_not_before(self):
        assert verdict(DRIVE, NOON - timedelta(seconds=1)) == "too_early"
        assert state_of(DRIVE, NOON - HOUR) == "issued"

    def test_not_after(self):
        late = NOON + 2 * HOUR + timedelta(seconds=1)
        assert verdict(DRIVE, late) == state_of(DRIVE, late) == "expired"

    def test_not_when_it_was_cancelled(self):
        assert verdict(replace(DRIVE, is_cancelled=True), NOON) == "cancelled"

    def test_a_cancelled_pass_stays_cancelled_when_it_expires(self):
        cancelled = replace(DRIVE, is_cancelled=True)
        assert state_of(cancelled, NOON + 9 * HOUR) == "cancelled"

    def test_a_pass_is_good_for_one_exit(self):
        left = replace(DELIVERY, left_at=NOON)
        assert verdict(left, NOON) == "used"
        assert state_of(left, NOON) == "out"


class TestComingBack:
    @pytest.mark.parametrize("hours", [1, 3, 30])
    def test_it_is_taken_back_whenever_it_comes(self, hours):
        assert verdict(OUT, NOON + hours * HOUR) == "take_back"

    def test_once(self):
        assert verdict(BACK, NOON + 2 * HOUR) == "returned"
        assert state_of(BACK, NOON + 9 * HOUR) == "returned"

    def test_being_out_weighs_more_than_the_end_of_the_pass(self):
        assert state_of(OUT, NOON + 9 * HOUR) == "out"


class TestLate:
    def test_out_beyond_its_time(self):
        assert is_late(OUT, NOON + 4 * HOUR)

    @pytest.mark.parametrize(
        "slip", [DRIVE, BACK, DELIVERY, replace(DELIVERY, left_at=NOON)]
    )
    def test_neither_at_home_nor_gone_for_good(self, slip):
        assert not is_late(slip, NOON + 99 * HOUR)

    def test_not_on_the_minute(self):
        assert not is_late(OUT, NOON + 3 * HOUR)


class TestOdometer:
    @pytest.mark.parametrize("km", [12, 13, 2_000_000])
    def test_it_goes_on(self, km):
        assert odometer_problem(km, 12) == ""

    def test_it_does_not_go_back(self):
        assert odometer_problem(11, 12) == "went_back"

    def test_below_zero_is_no_reading(self):
        assert odometer_problem(-1, 0) == "negative"

    def test_nor_are_millions(self):
        assert odometer_problem(2_000_001, 0) == "too_large"

    def test_who_drives_and_comes_back_has_it_read(self):
        assert odometer_problem(None, 0, is_needed=True) == "missing"
        assert odometer_problem(0, 0, is_needed=True) == ""

    def test_a_car_that_leaves_for_good_need_not(self):
        assert odometer_problem(None, 12) == ""
