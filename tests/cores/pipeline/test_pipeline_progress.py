"""Reports come twice, late and in the wrong order: the state is the same."""

import itertools
from datetime import date, datetime

import pytest

from odoo.addons.dms_vehicle.pipeline import STATUSES, Progress, Told, advances, follow


def at(hour):
    return datetime(2026, 11, 30, hour)


@pytest.mark.parametrize("status", STATUSES)
def test_the_first_report_advances(status):
    assert advances("", status)
    assert advances(None, status)


@pytest.mark.parametrize(
    ("known", "reported"), list(itertools.combinations(STATUSES, 2))
)
def test_only_a_further_one_advances(known, reported):
    assert advances(known, reported)
    assert not advances(reported, known)


@pytest.mark.parametrize("status", STATUSES)
def test_the_same_once_more_does_not_advance(status):
    assert not advances(status, status)


def test_what_nobody_knows_is_an_error():
    with pytest.raises(ValueError):
        advances("built", "lost")


def test_a_later_arrival_wins_by_its_own_time():
    known = follow(Progress(), Told("built", at(9), date(2027, 1, 10)))
    late = follow(known, Told("scheduled", at(8), date(2027, 1, 5)))
    assert late == known
    newer = follow(known, Told("scheduled", at(10), date(2027, 1, 20)))
    assert (newer.status, newer.eta) == ("built", date(2027, 1, 20))


def test_a_report_without_arrival_leaves_it():
    known = follow(Progress(), Told("scheduled", at(8), date(2027, 1, 5)))
    after = follow(known, Told("built", at(9)))
    assert (after.status, after.eta, after.eta_at) == ("built", known.eta, at(8))


REPORTS = (
    Told("acknowledged", at(8), date(2027, 1, 5)),
    Told("scheduled", at(9), date(2027, 1, 10)),
    Told("built", at(10)),
    Told("shipped", at(11), date(2027, 1, 8)),
)


@pytest.mark.parametrize("order", list(itertools.permutations(REPORTS)))
def test_whatever_their_order_the_end_is_the_same(order):
    known = Progress()
    for told in (*order, *order):
        known = follow(known, told)
    assert known == Progress("shipped", date(2027, 1, 8), at(11))
