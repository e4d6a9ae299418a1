from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang


class DmsFloorplanLineLimit(models.AbstractModel):
    """How much of a line is used, and its end; part of ``dms.floorplan.line``."""

    _name = "dms.floorplan.line.limit"
    _description = "Limit of a Floorplan Line"

    currency_id = fields.Many2one("res.currency")
    limit_amount = fields.Monetary(
        "Limit",
        required=True,
        tracking=True,
        help="The most the lender risks at a time: principal less deposits.",
    )
    # a limit holds for all cars and orders, also for those the user may not read
    open_count = fields.Integer("Open Cars", compute="_compute_used", compute_sudo=True)
    used = fields.Monetary(
        compute="_compute_used", compute_sudo=True, help="At risk for drawn cars."
    )
    reserved = fields.Monetary(
        compute="_compute_used",
        compute_sudo=True,
        help="Confirmed orders that are not drawn yet.",
    )
    available = fields.Monetary(compute="_compute_used", compute_sudo=True)

    @api.depends("limit_amount", "contract_ids.exposure", "contract_ids.state")
    def _compute_used(self):
        used, reserved = self._used_amounts(), self._reserved_amounts()
        for line in self:
            line.open_count, line.used = used.get(line._origin, (0, 0.0))
            line.reserved = reserved.get(line._origin, 0.0)
            line.available = line.limit_amount - line.used - line.reserved

    def _used_amounts(self):
        groups = self.env["dms.floorplan.contract"]._read_group(
            [("line_id", "in", self.ids), ("state", "=", "open")],
            ["line_id"],
            ["__count", "exposure:sum"],
        )
        return {line: (count, exposure) for line, count, exposure in groups}

    def _reserved_amounts(self):
        groups = self.env["purchase.order"]._read_group(
            [("dms_floorplan_line_id", "in", self.ids), ("state", "=", "purchase")],
            ["dms_floorplan_line_id"],
            ["dms_floorplan_reserved:sum"],
        )
        return dict(groups)

    def _check_limit(self, asked):
        """Refuse what goes over the limit; to be called when it is written already.

        :param float asked: the part of what is used now that is new
        :raise UserError: naming limit, used and asked
        """
        self.ensure_one()
        self.invalidate_recordset(["used", "reserved", "available"])
        if self.currency_id.compare_amounts(self.available, 0) < 0:
            raise UserError(self._limit_message(asked))

    def _limit_message(self, asked):
        amounts = {
            "limit": self.limit_amount,
            "used": self.used + self.reserved - asked,
            "asked": asked,
            "over": -self.available,
        }
        shown = {
            key: formatLang(self.env, amount, currency_obj=self.currency_id)
            for key, amount in amounts.items()
        }
        return self.env._(
            "The floorplan line %(line)s is not enough: limit %(limit)s, used"
            " %(used)s, asked %(asked)s, that is %(over)s too much. Pay cars back,"
            " choose another line, or have the limit raised.",
            line=self.name,
            **shown,
        )

    def action_view_contracts(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_finance.dms_floorplan_contract_action"
        )
        return dict(action, domain=[("line_id", "=", self.id)])
