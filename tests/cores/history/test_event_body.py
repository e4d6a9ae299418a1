"""What the log says about an event."""

from datetime import datetime

import pytest

from odoo.addons.dms_vehicle.history import event_body

AT = datetime(2026, 11, 24, 8, 0, 30)


def test_it_tells_when_and_where():
    assert event_body(AT, "上海") == {"at": "2026-11-24T08:00:30Z", "place": "上海"}


def test_a_place_that_is_not_known_is_empty():
    assert event_body(AT)["place"] == ""


def test_the_odometer_is_told_if_known():
    assert event_body(AT, km=12_345)["km"] == 12_345
    assert "km" not in event_body(AT, km=0)


def test_a_person_is_told_by_his_pseudonym():
    assert event_body(AT, owner="ab12")["owner"] == "ab12"
    assert "owner" not in event_body(AT)


def test_more_facts_stand_beside():
    assert event_body(AT, facts={"opening": True})["opening"] is True


@pytest.mark.parametrize("name", ["at", "place", "km", "owner"])
def test_a_fact_does_not_hide_another(name):
    with pytest.raises(ValueError, match=name):
        event_body(AT, facts={name: "x"})
