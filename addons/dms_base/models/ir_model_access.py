from odoo import models, tools


class IrModelAccess(models.Model):
    _inherit = "ir.model.access"

    @tools.ormcache("self.env.uid", "mode")
    def _get_allowed_models(self, mode="read"):
        """Give auditors every dealer record to read and none to change.

        The rule lives here, not in access lines, so that it also holds for the
        models of addons that do not know auditors, and for an auditor who was
        given a second role.
        """
        allowed = super()._get_allowed_models(mode)
        if not self.env.user._has_group("dms_base.group_dms_auditor"):
            return allowed
        records = self._dms_record_models()
        return allowed | records if mode == "read" else allowed - records

    def _dms_record_models(self):
        return frozenset(
            name
            for name, model in self.env.registry.items()
            if name.startswith("dms.") and not model._abstract and not model._transient
        )
