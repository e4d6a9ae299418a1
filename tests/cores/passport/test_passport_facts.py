"""What the public page of a car computes without Odoo."""

import pytest

from odoo.addons.dms_vehicle.passport import (
    Facts,
    choose,
    digest,
    facts_of,
    fingerprint,
    new_secret,
)


def entry(at="2026-11-24T08:00:00Z", kind="vehicle.sold", **body):
    return {"kind": kind, "at": at, "body": body}


def test_a_secret_has_at_least_128_bits_and_is_never_the_same():
    secrets = {new_secret() for _ in range(1000)}
    assert len(secrets) == 1000
    assert all(len(secret) * 6 >= 128 for secret in secrets)


def test_a_secret_needs_no_escaping_in_an_address():
    assert all(char.isalnum() or char in "-_" for char in new_secret())


def test_what_is_kept_does_not_hold_the_secret():
    secret = new_secret()
    kept = digest(secret)
    assert len(kept) == 64
    assert secret not in kept
    assert kept == digest(secret) != digest(f"{secret}x")


def test_the_body_says_when_it_happened():
    facts = facts_of(entry(at="2026-11-25T09:00:00Z"))
    assert facts.day == "2026-11-25"
    assert facts_of(entry(at="2026-11-24T08:00:00Z")) == Facts(
        "vehicle.sold", "2026-11-24", "", 0
    )


def test_days_are_those_of_china():
    assert facts_of(entry("2026-11-24T16:30:00Z")).day == "2026-11-25"
    assert facts_of(entry("2026-11-24T15:30:00Z")).day == "2026-11-24"


def test_place_and_odometer_are_shown():
    facts = facts_of(entry(place="上海", km=12345))
    assert (facts.place, facts.km) == ("上海", 12345)


@pytest.mark.parametrize("km", [0, -5, "12", None, [1], True])
def test_an_odometer_that_nobody_read_is_not_shown(km):
    assert facts_of(entry(km=km)).km == 0


@pytest.mark.parametrize("place", [None, 7, ["a"], {"a": "b"}])
def test_a_place_that_is_no_text_is_not_shown(place):
    assert facts_of(entry(place=place)).place == ""


@pytest.mark.parametrize("at", ["yesterday", 7, None, "9999-12-31T23:59:59Z", []])
def test_without_a_moment_the_time_of_recording_counts(at):
    leaf = entry()
    leaf["body"]["at"] = at
    assert facts_of(leaf).day == "2026-11-24"


def test_nothing_else_of_the_body_comes_to_the_page():
    facts = facts_of(entry(owner="ab12", price=1000, name="x"))
    assert facts == Facts("vehicle.sold", "2026-11-24", "", 0)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (["zh-CN", "zh", "en"], "zh"),
        (["zh-Hant-TW"], "zh"),
        (["en-GB", "zh"], "en"),
        (["de-DE", "zh-CN", "en"], "zh"),
        (["fr"], "en"),
        ([], "en"),
    ],
)
def test_the_browser_says_which_language(accepted, language):
    assert choose(None, accepted) == language


def test_the_reader_may_switch():
    assert choose("zh", ["en"]) == "zh"
    assert choose("en", ["zh"]) == "en"


def test_other_languages_are_not_offered():
    assert choose("../etc", ["zh"]) == "zh"


def test_a_fingerprint_is_what_any_computer_computes():
    # printf %s "a+b" | sha256sum
    published = "300273daf0bb57c239f83585d71ced54ce6b3b5fb81615abbeeb3f9cf5fae92f"
    groups = fingerprint("a+b").split()
    assert "".join(groups) == published
    assert {len(group) for group in groups} == {4}
