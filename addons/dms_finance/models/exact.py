"""From the floats of Odoo's fields to numbers that add up, and back to words."""

from decimal import Decimal

from ..floorplan import TermsError, cents


def exact(number):
    """:return: what the user typed, not its neighbour among the binary floats"""
    return Decimal(str(round(number or 0.0, 6)))


def money(amount):
    """:return: an amount of a currency with two decimals as ``Decimal``"""
    return cents(exact(amount))


def terms_refusal(env, error: TermsError):
    """:return: why terms are refused, in the user's language"""
    return {
        "negative": env._("Days and percentages cannot be negative."),
        "too_much": env._(
            "Deposit and curtailments together are more than the whole principal."
        ),
        "bracket_twice": env._("Two rates begin at the same age."),
        "curtailment_twice": env._("Two curtailments fall on the same day."),
    }[error.code]
