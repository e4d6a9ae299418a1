from datetime import date, datetime, timedelta

import pytest

from odoo.addons.dms_vehicle.drives import (
    Facts,
    classes_of,
    free_slots,
    is_late,
    licence_problem,
    standing,
)

HOUR = timedelta(hours=1)
TEN = datetime(2026, 6, 1, 10)
MORNING = [(TEN - HOUR, TEN + 2 * HOUR)]


def starts(slots):
    return [slot.start.hour for slot in slots]


def test_a_free_car_may_be_had_at_each_hour():
    assert starts(free_slots(MORNING, {"car": []}, HOUR)) == [9, 10, 11]


def test_a_drive_ends_before_the_store_closes():
    assert starts(free_slots(MORNING, {"car": []}, 2 * HOUR)) == [9]


def test_a_lunch_break_is_no_time_to_drive():
    opened = [(TEN, TEN + HOUR), (TEN + 2 * HOUR, TEN + 3 * HOUR)]
    assert starts(free_slots(opened, {"car": []}, HOUR)) == [10, 12]


def test_a_taken_car_is_not_free():
    assert starts(free_slots(MORNING, {"car": [(TEN, TEN + HOUR)]}, HOUR)) == [9, 11]


def test_one_of_two_cars_is_enough():
    slots = free_slots(MORNING, {1: [(TEN, TEN + HOUR)], 2: []}, HOUR)
    assert [slot.cars for slot in slots] == [(1, 2), (2,), (1, 2)]


def test_the_buffer_keeps_the_next_drive_free():
    busy = {"car": [(TEN, TEN + HOUR)]}
    assert starts(free_slots(MORNING, busy, HOUR, buffer=HOUR / 2)) == [11]


def test_nothing_begins_before_the_earliest():
    assert starts(free_slots(MORNING, {"car": []}, HOUR, earliest=TEN)) == [10, 11]


def test_no_car_no_slot():
    assert free_slots(MORNING, {}, HOUR) == []


def test_a_drive_of_no_time_is_refused():
    with pytest.raises(ValueError):
        free_slots(MORNING, {"car": []}, timedelta())


@pytest.mark.parametrize(
    ("text", "classes"),
    [("C1", ("C1",)), ("a2d", ("A2", "D")), ("B1、 B2", ("B1", "B2")), ("", ())],
)
def test_the_classes_of_a_licence_are_told_apart(text, classes):
    assert classes_of(text) == classes


@pytest.mark.parametrize("text", ["C9", "X", "C", "1"])
def test_what_is_no_class_is_refused(text):
    with pytest.raises(ValueError):
        classes_of(text)


@pytest.mark.parametrize(
    ("held", "needed", "problem"),
    [
        ("C1", "C2", ""),
        ("C2", "C1", "wrong_class"),
        ("B2", "C1", ""),
        ("C1", "B2", "wrong_class"),
        ("A2D", "B2", ""),
        ("D", "C2", "wrong_class"),
        ("C5", "C2", "wrong_class"),
        ("", "C2", "missing"),
        ("??", "C2", "unreadable"),
    ],
)
def test_a_class_may_drive_what_the_law_says(held, needed, problem):
    assert licence_problem(held, None, needed) == problem


def test_a_licence_holds_through_its_last_day():
    last = date(2026, 6, 1)
    assert licence_problem("C1", last, "C2", last) == ""
    assert licence_problem("C1", last, "C2", last + timedelta(1)) == "expired"


def test_where_a_drive_stands_follows_from_what_happened():
    drive = Facts(TEN, TEN + HOUR)
    assert standing(drive) == "booked"
    assert standing(drive._replace(cancelled_at=TEN)) == "cancelled"
    assert standing(drive._replace(missed_at=TEN)) == "missed"
    out = drive._replace(out_at=TEN)
    assert standing(out) == "out"
    assert standing(out._replace(back_at=TEN + HOUR)) == "back"


def test_only_a_car_that_is_out_is_late():
    out = Facts(TEN, TEN + HOUR, out_at=TEN)
    after = TEN + 2 * HOUR
    assert is_late(out, after)
    assert not is_late(out, TEN)
    assert not is_late(out._replace(out_at=None), after)
    assert not is_late(out._replace(back_at=after), after)
