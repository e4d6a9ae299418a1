"""From the floats of Odoo's fields to numbers that add up, and back to words."""

from odoo.addons.dms_base.money import cents, exact

from ..floorplan import TermsError


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
