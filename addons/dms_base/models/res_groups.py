from odoo import api, models


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model
    def _dms_roles(self):
        """Return the roles a group admin may hand out.

        They are the groups of the category "Dealer management", except any that
        leads to the rights of a system administrator.
        """
        category = self.env.ref("dms_base.module_category_dms")
        roles = self.sudo().search([("privilege_id.category_id", "=", category.id)])
        forbidden = self._dms_system_groups()
        return roles.filtered(lambda role: not role.all_implied_ids & forbidden)

    @api.model
    def _dms_system_groups(self):
        """Return the groups that hand out, or get round, access rights."""
        xmlids = (
            "base.group_system",
            "base.group_erp_manager",
            "base.group_sanitize_override",
        )
        groups = self.env["res.groups"].sudo()
        return groups.union(*(groups.env.ref(xmlid) for xmlid in xmlids))
