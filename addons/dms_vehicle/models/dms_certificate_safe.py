from odoo import fields, models


class DmsCertificateSafe(models.Model):
    """A safe of a store in which certificates lie."""

    _name = "dms.certificate.safe"
    _description = "Certificate Safe"
    _inherit = ["dms.store.mixin"]
    _order = "company_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    note = fields.Char("Place", help="Where it stands, for example a room.")
    certificate_count = fields.Integer(
        "Certificates", compute="_compute_certificate_count"
    )

    def _compute_certificate_count(self):
        counts = dict(
            self.env["dms.certificate"]._read_group(
                [("safe_id", "in", self.ids)], ["safe_id"], ["__count"]
            )
        )
        for safe in self:
            safe.certificate_count = counts.get(safe, 0)

    def _of_store(self, store):
        """Return the first safe of a store; every store has one when it needs it."""
        # whoever hands a certificate over may not be the one who furnishes rooms
        safes = self.sudo()
        safe = safes.search([("company_id", "=", store.id)], limit=1)
        return (
            safe or safes.create([{"name": self.env._("Safe"), "company_id": store.id}])
        ).with_env(self.env)
