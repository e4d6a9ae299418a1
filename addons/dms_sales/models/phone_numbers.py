"""Numbers of leads and customers are compared in one form, without another library."""

from odoo import models
from odoo.exceptions import UserError

from ..telephone import NotANumber, normalise


def _formatted(record, number, country, raise_exception):
    """:return: E.164, False if it is no number; None if the country is not China"""
    if country.code not in ("CN", False):
        return None
    try:
        return normalise(number)
    except NotANumber:
        if raise_exception:
            raise UserError(
                record.env._(
                    "%(number)s is no telephone number: write all its digits.",
                    number=number,
                )
            ) from None
        return False


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead"]

    def _phone_format_number(
        self, number, country, force_format="E164", raise_exception=False
    ):
        own = force_format == "E164" and number
        found = own and _formatted(self, number, country, raise_exception)
        if found is not None and own:
            return found
        return super()._phone_format_number(
            number, country, force_format, raise_exception
        )


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner"]

    def _phone_format_number(
        self, number, country, force_format="E164", raise_exception=False
    ):
        own = force_format == "E164" and number
        found = own and _formatted(self, number, country, raise_exception)
        if found is not None and own:
            return found
        return super()._phone_format_number(
            number, country, force_format, raise_exception
        )
