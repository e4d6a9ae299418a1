import base64

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..seal import Identity, SealError


class DmsSealLoad(models.TransientModel):
    """Takes the file of a certificate authority; the password is used once."""

    _name = "dms.seal.load"
    _description = "Load a Seal"

    company_id = fields.Many2one(
        "res.company", "Store", required=True, default=lambda self: self.env.company
    )
    file = fields.Binary("Certificate (.p12, .pfx)", required=True, attachment=False)
    password = fields.Char(required=True)

    def action_load(self):
        """Keep the certificate; its key goes to the key folder."""
        self.ensure_one()
        if not self.env.user.has_group("dms_base.group_dms_store_manager"):
            raise AccessError(self.env._("The store manager loads the seal."))
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("This is not a store of yours."))
        # nobody writes certificates by hand
        seals = self.env["dms.seal"].sudo()
        seal = seals._dms_load(self.company_id, self._identity())
        self.sudo().unlink()
        return self.env["dms.vehicle"]._open("dms.seal", seal.sudo(False))

    def _identity(self):
        try:
            return Identity.from_pkcs12(base64.b64decode(self.file), self.password)
        except SealError as error:
            texts = {
                "password": self.env._(
                    "The file does not open with this password, or is no certificate "
                    "(.p12 or .pfx)."
                ),
                "no_key": self.env._("The file holds no certificate with its key."),
            }
            raise UserError(texts[error.code]) from None
