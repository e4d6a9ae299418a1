from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dms_base import keydir

from ..seal import Identity


class DmsSeal(models.Model):
    """The certificate a store seals its contracts with.

    Its key lies in the key folder: who has the database cannot seal.
    """

    _name = "dms.seal"
    _description = "Seal of a Store"
    _inherit = ["dms.store.mixin"]
    _order = "until desc, id desc"

    name = fields.Char("Certified Name", required=True, readonly=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(readonly=True)
    chain = fields.Text(
        "Certificates", required=True, readonly=True, help="PEM, the store's own first."
    )
    fingerprint = fields.Char(
        "Certificate (SHA-256)", required=True, readonly=True, index=True
    )
    until = fields.Datetime("Valid until", required=True, readonly=True)
    state = fields.Selection(
        [("valid", "Valid"), ("expired", "Expired"), ("no_key", "Key missing")],
        "Status",
        compute="_compute_state",
    )

    _fingerprint_uniq = models.UniqueIndex(
        "(company_id, fingerprint)", "The store has this certificate already."
    )

    @api.depends("until", "fingerprint")
    def _compute_state(self):
        now = fields.Datetime.now()
        for seal in self:
            if not seal.until or seal.until <= now:
                seal.state = "expired"
            else:
                seal.state = "valid" if keydir.read(seal._file()) else "no_key"

    @api.model
    def _dms_of(self, company):
        """:return: the seal a store uses today, as superuser: nobody reads its key"""
        # the store seals, whoever of its staff began it
        mine = self.sudo().search([("company_id", "=", company.id)])
        return mine.filtered(lambda seal: seal.state == "valid")[:1]

    def _file(self):
        return f"seal-{self.fingerprint}.key"

    @api.model
    def _dms_load(self, company, identity):
        """Keep a certificate in the database and its key in the key folder.

        :param identity: ``seal.Identity`` with its key
        """
        if identity.until <= fields.Datetime.now():
            raise UserError(
                self.env._("This certificate is no longer valid: get a new one.")
            )
        seal = self.create(
            {
                "name": identity.subject,
                "company_id": company.id,
                "chain": identity.chain,
                "fingerprint": identity.fingerprint,
                "until": identity.until,
            }
        )
        keydir.create(seal._file(), identity.key)
        return seal

    def _dms_identity(self):
        """:return: ``seal.Identity`` with its key"""
        self.ensure_one()
        key = keydir.read(self._file())
        if not key:
            raise UserError(
                self.env._(
                    "The key of the seal of %(store)s is not in the key folder.",
                    store=self.company_id.name,
                )
            )
        return Identity(self.chain, key)
