"""Findings and what people type into rules, without Odoo."""

import json
from datetime import datetime

import pytest

from odoo.addons.dms_base.risk import Finding, Line, parse_domain, parse_parameters

FINDING = Finding(("dms.vehicle", 7), "LSV1", 3, key="1-2")


def test_one_alert_per_subject_and_key() -> None:
    assert FINDING.identity == ("dms.vehicle", 7, "1-2")


def test_evidence_is_json() -> None:
    line = Line(at=datetime(2026, 3, 1, 8, 0), what=("dms.kind", 2), detail="5 km")
    finding = Finding(("m", 1), "x", 1, values={"km": 5}, lines=(line,))
    evidence = json.loads(json.dumps(finding.evidence()))
    assert evidence["values"] == {"km": 5}
    assert evidence["lines"] == [
        {"at": "2026-03-01 08:00:00", "what": ["dms.kind", 2], "detail": "5 km"}
    ]


def test_what_is_empty_is_not_kept() -> None:
    assert Line().to_json() == {}


@pytest.mark.parametrize("text", ["", "  ", "[]", None])
def test_no_domain_lets_everything_through(text: str | None) -> None:
    assert parse_domain(text) == []


def test_a_domain_is_made_of_constants() -> None:
    assert parse_domain("[('km', '>', 0), '|']") == [("km", ">", 0), "|"]


@pytest.mark.parametrize("text", ["x", "[", "{}", "[('a', '=', uid)]", "[f()]"])
def test_everything_else_is_no_domain(text: str | None) -> None:
    with pytest.raises(ValueError):
        parse_domain(text)


def test_parameters_are_a_json_object() -> None:
    assert parse_parameters('{"km": 5}') == {"km": 5}
    assert parse_parameters("") == {}


@pytest.mark.parametrize("text", ["[]", "1", "{km: 5}", "x"])
def test_everything_else_is_no_parameters(text: str | None) -> None:
    with pytest.raises(ValueError):
        parse_parameters(text)
