"""When a battery wants care."""

from datetime import date

import pytest

from odoo.addons.dms_vehicle.inspection import Battery, battery_due

TODAY = date(2026, 11, 30)
OLD, NEW = date(2026, 10, 31), date(2026, 11, 1)


def due(every_days=30, minimum=30, **known):
    return battery_due(Battery(**known), TODAY, every_days, minimum)


class TestAge:
    def test_a_new_car_is_left_alone(self):
        assert due(since=NEW) is None

    def test_after_so_many_days_it_is_checked(self):
        assert due(since=OLD) == ("check", TODAY)

    def test_it_stays_due_since_that_day(self):
        assert due(since=date(2026, 10, 1)) == ("check", date(2026, 10, 31))

    def test_a_reading_starts_the_days_anew(self):
        assert due(since=OLD, read_on=NEW, soc=60) is None
        assert due(since=OLD, read_on=OLD, soc=60) == ("check", TODAY)

    def test_a_store_may_do_without_checks(self):
        assert due(every_days=0, since=OLD) is None

    def test_a_car_that_is_not_in_stock_is_never_due(self):
        assert due() is None


class TestCharge:
    @pytest.mark.parametrize("soc", [0, 29.9])
    def test_a_low_battery_is_charged_at_once(self, soc):
        assert due(since=NEW, read_on=TODAY, soc=soc) == ("charge", TODAY)

    def test_the_minimum_itself_is_enough(self):
        assert due(since=NEW, read_on=TODAY, soc=30) is None

    def test_a_charge_counts_however_far_it_went(self):
        assert due(since=NEW, read_on=TODAY, soc=25, charged=True) is None

    def test_a_charge_is_checked_again_later(self):
        assert due(read_on=OLD, soc=25, charged=True) == ("check", TODAY)

    def test_low_comes_before_old(self):
        assert due(read_on=OLD, soc=10) == ("charge", OLD)

    def test_a_store_may_do_without_a_minimum(self):
        assert due(minimum=0, read_on=TODAY, soc=0) is None
