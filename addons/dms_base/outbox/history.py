"""What an attempt came to, as the message keeps it and as people read it."""

from datetime import datetime, timezone

from odoo import fields
from odoo.tools import format_datetime

REASON_LENGTH = 200


def history_entry(result, now: float) -> dict:
    """:param result: ``delivery.Result``
    :param now: when it was noted, seconds since the epoch
    :return: JSON: when the attempt began, its outcome, HTTP status, milliseconds
    """
    began = datetime.fromtimestamp(now - result.seconds, timezone.utc)
    return {
        "at": fields.Datetime.to_string(began.replace(tzinfo=None)),
        "outcome": result.verdict.outcome.value,
        "status": result.answer.status if result.answer else None,
        "ms": round(result.seconds * 1000),
        "reason": (result.verdict.reason or "")[:REASON_LENGTH],
    }


def history_line(env, entry: dict, labels: dict[str, str]) -> dict:
    """:return: the same, in the language and time zone of the reader"""
    at = fields.Datetime.to_datetime(entry["at"])
    return {
        "at": format_datetime(env, at),
        "outcome": labels.get(entry["outcome"], entry["outcome"]),
        "status": entry["status"] or "",
        "seconds": f"{entry['ms'] / 1000:.2f} s",
        "reason": entry["reason"],
    }
