from odoo import api, fields, models


class DmsSecretShow(models.TransientModel):
    """Shows a new secret once; nothing of it is stored."""

    _name = "dms.secret.show"
    _description = "New Secret"

    secret = fields.Char(readonly=True, store=False, default=lambda self: self._given())

    @api.model
    def _given(self):
        return self.env.context.get("dms_secret")

    @api.model
    def _dms_show(self, secret):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New secret"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dms_secret": secret},
        }
