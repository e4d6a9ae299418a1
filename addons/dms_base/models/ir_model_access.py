from odoo import models, tools

# What a gate guard has no business in, though Odoo shows some of it to every user.
CLOSED_TO_GUARDS = ("account.", "crm.", "product.", "purchase.", "sale.", "stock.")


class IrModelAccess(models.Model):
    _inherit = "ir.model.access"

    @tools.ormcache("self.env.uid", "mode")
    def _get_allowed_models(self, mode="read"):
        """Give auditors all dealer records to read, none to change; guards little.

        The rule lives here, not in access lines, so that it also holds for the
        models of addons that do not know auditors, and for an auditor who was
        given a second role.
        """
        allowed = super()._get_allowed_models(mode)
        if self.env.user._is_dms_guard_only():
            return frozenset(n for n in allowed if not n.startswith(CLOSED_TO_GUARDS))
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
