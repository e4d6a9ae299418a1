from odoo import models
from odoo.exceptions import ValidationError

from ..fields import Encrypted
from ..identity import resident_number


class ResPartner(models.Model):
    _inherit = "res.partner"

    dms_id_number = Encrypted(
        "ID number",
        normalise="_dms_normalise_id_number",
        tracking=True,
        help="Number of the resident identity card, 18 characters. It is encrypted; "
        "everybody sees the first and the last four characters.",
    )

    def _dms_normalise_id_number(self, value):
        try:
            return resident_number(value)
        except ValueError:
            raise ValidationError(
                self.env._(
                    "This is not a number of a resident identity card. Compare all 18 "
                    "characters with the card; the last one may be an X."
                )
            ) from None
