"""Numbers of leads and customers are compared in one form, without another library."""

from odoo import models
from odoo.exceptions import UserError

from ..telephone import NotANumber, normalise


class DmsPhoneMixin(models.AbstractModel):
    """Whose numbers are of China unless they say otherwise."""

    _name = "dms.phone.mixin"
    _description = "Telephone Numbers as China Writes Them"

    def _phone_format_number(
        self, number, country, force_format="E164", raise_exception=False
    ):
        # with its country's code a number is the same everywhere
        is_ours = country.code in ("CN", False) or str(number).startswith("+")
        if not number or force_format != "E164" or not is_ours:
            return super()._phone_format_number(
                number, country, force_format, raise_exception
            )
        try:
            return normalise(number)
        except NotANumber:
            if not raise_exception:
                return False
        raise UserError(
            self.env._(
                "%(number)s is no telephone number: write all its digits.",
                number=number,
            )
        )


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "dms.phone.mixin"]


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "dms.phone.mixin"]
