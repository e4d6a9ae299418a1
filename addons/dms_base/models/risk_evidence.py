"""Evidence of an alert as its reader sees it: in his language and time zone."""

from odoo import fields


def texts(alert):
    """:return: the values of a finding by name; (model, id) become names"""
    values = (alert.evidence or {}).get("values") or {}
    return {name: _text(alert, value) for name, value in values.items()}


def evidence_table(alert):
    """:return: the lines of the evidence as HTML; links only where they may be read"""
    lines = [_line(alert, line) for line in (alert.evidence or {}).get("lines", ())]
    values = {"lines": lines}
    return alert.env["ir.qweb"]._render("dms_base.dms_risk_evidence", values)


def _line(alert, line):
    return {
        "at": _time(alert, line.get("at")),
        "what": _text(alert, line.get("what")),
        "where": line.get("where"),
        "detail": line.get("detail"),
        "url": _url(alert.env, line.get("record")),
    }


def _time(alert, at):
    value = fields.Datetime.to_datetime(at)
    return value and fields.Datetime.context_timestamp(alert, value)


def _text(alert, value):
    if isinstance(value, dict):
        return _time(alert, value["day"]).date().isoformat()
    if not isinstance(value, list):
        return "" if value is None else value
    model, record_id = value
    # names of kinds and places; whoever reads the alert may know them
    return alert.env[model].sudo().browse(record_id).exists().display_name or ""


def _url(env, reference):
    if not reference:
        return None
    model, record_id = reference
    record = env[model].browse(record_id).exists()
    return record.has_access("read") and f"/odoo/{model}/{record_id}"
