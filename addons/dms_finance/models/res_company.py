from odoo import fields, models

from .roles import COSTS


class ResCompany(models.Model):
    _inherit = "res.company"

    dms_financed_count = fields.Integer(
        "Financed Cars", compute="_compute_dms_financed", groups=COSTS
    )
    dms_financed_amount = fields.Monetary(
        "Lenders' Money at Risk", compute="_compute_dms_financed", groups=COSTS
    )

    def _compute_dms_financed(self):
        groups = self.env["dms.floorplan.contract"]._read_group(
            [("company_id", "in", self.ids), ("state", "=", "open")],
            ["company_id"],
            ["__count", "exposure:sum"],
        )
        financed = {store: (count, at_risk) for store, count, at_risk in groups}
        for store in self:
            store.dms_financed_count, store.dms_financed_amount = financed.get(
                store, (0, 0.0)
            )

    def action_dms_view_floorplan(self):
        """Open the cars of this store that lenders have paid."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_finance.dms_floorplan_contract_action"
        )
        return dict(action, domain=[("company_id", "=", self.id)])
