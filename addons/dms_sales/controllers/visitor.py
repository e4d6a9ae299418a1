"""Who fills in a form of the website: a person, once in a while, who has agreed."""

from odoo.exceptions import UserError
from odoo.http import request


def customer():
    """:return: the partner of whoever is logged in, None for a visitor"""
    user = request.env.user
    return None if user._is_public() else user.partner_id


def check_form(form, buckets, gone, crowded, agree):
    """Take a form of a visitor, or say in words why not.

    :param dict form: with ``website``, a field people do not see, and ``agreed``
    :param buckets: ``TokenBuckets`` of the address
    :param str gone: what a program reads that filled in all fields
    :param str crowded: what is said to an address that sends too many
    :param str agree: what is said to whoever did not agree
    :raise UserError: with the words that fit
    """
    if form.get("website"):
        raise UserError(gone)
    if buckets.take(request.httprequest.remote_addr):
        raise UserError(crowded)
    if not form.get("agreed"):
        raise UserError(agree)


def person(form, kept):
    """:return: dict of the fields ``kept`` of a form, and the ``partner`` of a login"""
    found = {name: (form.get(name) or "").strip()[:128] for name in kept}
    partner = customer()
    return found | {"partner": partner and partner.sudo()}
