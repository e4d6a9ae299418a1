"""An odometer goes forward, unless it was replaced."""

from datetime import timedelta

import pytest

from odoo.addons.dms_vehicle.fraud import OdometerBack

from tests.cores.fraud.cars import START, Life


def readings(*kms) -> Life:
    life = Life()
    for km in kms:
        life.add("odometer", km=km)
    return life


def test_a_lower_reading_is_suspicious() -> None:
    suspicion = readings(20_000, 18_000).judged_by(OdometerBack())
    assert (suspicion.first.km, suspicion.second.km) == (20_000, 18_000)
    assert suspicion.values == {"lost_km": 2_000}


@pytest.mark.parametrize("kms", [(18_000, 20_000), (20_000, 20_000), (0, 5)])
def test_a_higher_or_equal_reading_is_not(kms) -> None:
    assert readings(*kms).judged_by(OdometerBack()) is None


def test_only_the_step_back_is_suspicious_not_what_follows() -> None:
    assert readings(30_000, 20_000, 20_500).judged_by(OdometerBack()) is None


def test_an_event_without_a_reading_is_not() -> None:
    assert readings(20_000, 0).judged_by(OdometerBack()) is None


def test_a_missing_reading_hides_nothing() -> None:
    assert readings(20_000, 0, 18_000).judged_by(OdometerBack())


@pytest.mark.parametrize("km, suspicious", [(19_950, False), (19_949, True)])
def test_a_slip_of_the_pen_is_tolerated(km, suspicious) -> None:
    life = readings(20_000, km)
    assert bool(life.judged_by(OdometerBack(tolerance_km=50))) is suspicious


def test_a_replaced_odometer_starts_anew() -> None:
    life = readings(20_000)
    life.add("odometer", km=20_100, facts={"replaced": True})
    life.add("odometer", km=5)
    assert life.judged_by(OdometerBack()) is None


def test_a_new_odometer_that_goes_back_is_suspicious() -> None:
    life = readings(20_000)
    life.add("odometer", km=20_100, facts={"replaced": True})
    life.add("odometer", km=500)
    life.add("odometer", km=400)
    assert life.judged_by(OdometerBack()).first.km == 500


def test_a_replacement_before_both_readings_excuses_nothing() -> None:
    life = Life()
    life.add("odometer", km=90, facts={"replaced": True})
    life.add("odometer", km=500)
    life.add("odometer", km=400)
    assert life.judged_by(OdometerBack())


def test_a_reading_entered_late_is_compared_with_those_after_it() -> None:
    life = readings(18_000)
    life.add("serviced", km=20_000, at=START)
    suspicion = life.judged_by(OdometerBack())
    assert (suspicion.first.km, suspicion.second.km) == (20_000, 18_000)


def test_a_reading_entered_late_that_fits_is_not() -> None:
    life = readings(18_000)
    life.add("serviced", km=17_000, at=START - timedelta(days=3))
    assert life.judged_by(OdometerBack()) is None
