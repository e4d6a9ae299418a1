"""Who stands where, whatever the order in which one hears of it."""

import itertools
import random
from datetime import datetime, timedelta

import pytest

from odoo.addons.dms_vehicle.yard import (
    APPLIED,
    CONFIRMED,
    OUTDATED,
    Occupancy,
    Sighting,
    Stay,
)

A, B, C = 1, 2, 3
X, Y, Z = 11, 12, 13
START = datetime(2026, 11, 30, 8)


def at(minutes):
    return START + timedelta(minutes=minutes)


def seen(minutes, slot, car=None, occupied=True):
    return Sighting(at(minutes), slot, car, occupied)


def yard(*sightings):
    occupancy = Occupancy()
    for sighting in sightings:
        occupancy.take(sighting)
    return occupancy


def standing(occupancy):
    return {(s.slot, s.car, s.since) for s in occupancy.stays if not s.until}


class TestInOrder:
    def test_a_car_stands_where_it_was_seen(self):
        assert standing(yard(seen(1, A, X))) == {(A, X, at(1))}

    def test_seen_again_changes_nothing(self):
        occupancy = yard(seen(1, A, X))
        assert occupancy.take(seen(2, A, X)) == CONFIRMED
        assert standing(occupancy) == {(A, X, at(1))}

    def test_seen_elsewhere_it_has_left(self):
        occupancy = yard(seen(1, A, X), seen(5, B, X))
        assert standing(occupancy) == {(B, X, at(5))}
        assert occupancy.stays[0].until == at(5)

    def test_another_car_in_the_slot_has_taken_its_place(self):
        occupancy = yard(seen(1, A, X), seen(5, A, Y))
        assert standing(occupancy) == {(A, Y, at(5))}

    def test_two_cars_change_places(self):
        occupancy = yard(seen(1, A, X), seen(1, B, Y), seen(5, A, Y), seen(6, B, X))
        assert standing(occupancy) == {(A, Y, at(5)), (B, X, at(6))}

    def test_free(self):
        occupancy = yard(seen(1, A, X), seen(5, A, occupied=False))
        assert standing(occupancy) == set()
        assert occupancy.take(seen(6, A, occupied=False)) == CONFIRMED

    def test_a_car_that_left_does_not_take_another_with_it(self):
        occupancy = yard(seen(1, A, X), seen(2, A, Y))
        assert occupancy.take(seen(5, A, X, occupied=False)) == CONFIRMED
        assert standing(occupancy) == {(A, Y, at(2))}

    def test_gone_from_the_store(self):
        occupancy = yard(seen(1, A, X), seen(5, None, X, occupied=False))
        assert standing(occupancy) == set()
        assert occupancy.take(seen(4, B, X)) == OUTDATED


class TestUnknown:
    def test_a_sensor_sees_that_somebody_is_there(self):
        assert standing(yard(seen(1, A))) == {(A, None, at(1))}

    def test_it_does_not_forget_who(self):
        occupancy = yard(seen(1, A, X))
        assert occupancy.take(seen(2, A)) == CONFIRMED
        assert standing(occupancy) == {(A, X, at(1))}

    def test_recognised_later_it_has_stood_there_all_the_time(self):
        assert standing(yard(seen(1, A), seen(9, A, X))) == {(A, X, at(1))}

    def test_unless_it_was_elsewhere_meanwhile(self):
        occupancy = yard(seen(1, A), seen(5, B, X), seen(9, A, X))
        assert standing(occupancy) == {(A, X, at(9))}

    def test_recognised_it_left_its_old_place_when_it_came(self):
        occupancy = yard(seen(0, B, X), seen(3, A), seen(9, A, X))
        assert standing(occupancy) == {(A, X, at(3))}
        assert occupancy.stays[0].until == at(3)


class TestOutOfOrder:
    def test_older_than_what_is_known_of_the_slot(self):
        occupancy = yard(seen(5, A, X))
        assert occupancy.take(seen(4, A, Y)) == OUTDATED
        assert standing(occupancy) == {(A, X, at(5))}

    def test_older_than_what_is_known_of_the_car(self):
        occupancy = yard(seen(5, A, X))
        assert occupancy.take(seen(4, B, X)) == OUTDATED

    def test_a_late_free_does_not_empty_a_slot(self):
        occupancy = yard(seen(5, A, X))
        assert occupancy.take(seen(4, A, occupied=False)) == OUTDATED

    def test_of_two_at_the_same_moment_the_one_that_came_last_counts(self):
        assert standing(yard(seen(5, A, X), seen(5, A, Y))) == {(A, Y, at(5))}

    def test_what_is_heard_late_cuts_a_stay_that_ended_later(self):
        occupancy = yard(seen(0, A, X), seen(10, B, X), seen(5, A, Y))
        assert standing(occupancy) == {(B, X, at(10)), (A, Y, at(5))}
        assert occupancy.stays[0].until == at(5)

    def test_together_they_are_taken_in_their_order(self):
        occupancy = Occupancy()
        effects = occupancy.take_all([seen(5, B, X), seen(1, A, X), seen(6, B, X)])
        assert effects == [APPLIED, APPLIED, CONFIRMED]
        assert standing(occupancy) == {(B, X, at(5))}

    def test_what_was_known_before_counts(self):
        stay = Stay(A, X, at(3), id=7)
        occupancy = Occupancy([stay], {A: at(9)}, {X: at(9)})
        assert occupancy.take(seen(8, A, Y)) == OUTDATED
        assert occupancy.changes() == ([], [])
        occupancy.take(seen(10, A, Y))
        added, changed = occupancy.changes()
        assert [(s.slot, s.car) for s in added] == [(A, Y)]
        assert changed == [stay]


@pytest.mark.parametrize("seed", range(60))
def test_in_any_order_nobody_is_in_two_places(seed):
    dice = random.Random(seed)
    sightings = [
        seen(
            minute,
            dice.choice([A, B, C, None]),
            dice.choice([X, Y, Z, None]),
            occupied=dice.random() > 0.2,
        )
        for minute in range(14)
    ]
    sightings = [s for s in sightings if s.slot or (s.car and not s.occupied)]
    dice.shuffle(sightings)
    occupancy = yard(*sightings)
    _assert_no_overlap(occupancy, "slot")
    _assert_no_overlap(occupancy, "car")
    _assert_newest_is_shown(occupancy, sightings)


def _assert_no_overlap(occupancy, name):
    for one, other in itertools.combinations(occupancy.stays, 2):
        key = getattr(one, name)
        if key and key == getattr(other, name):
            start = max(one.since, other.since)
            end = min(one.until or at(99), other.until or at(99))
            assert start >= end, (one, other)


def _assert_newest_is_shown(occupancy, sightings):
    """What is newest of its slot and of its car is how things are."""
    for sighting in sightings:
        newer = [s for s in sightings if s.at > sighting.at]
        if any(_same(sighting, s) for s in newer) or not sighting.slot:
            continue
        there = [car for slot, car, _s in standing(occupancy) if slot == sighting.slot]
        if sighting.occupied and sighting.car:
            assert there == [sighting.car]
        elif not sighting.occupied and not sighting.car:
            assert there == []


def _same(one, other):
    return one.slot == other.slot or (one.car and one.car == other.car)
