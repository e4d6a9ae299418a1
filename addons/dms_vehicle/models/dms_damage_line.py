from odoo import api, fields, models

from .dms_damage_words import DAMAGE_KINDS, DAMAGE_PLACES, SEVERITIES


class DmsDamageLine(models.Model):
    """One damage at one place of a car."""

    _name = "dms.damage.line"
    _description = "Damage"
    _inherit = ["dms.store.mixin", "dms.photo.mixin"]
    _order = "id"
    _rec_name = "place"

    report_id = fields.Many2one(
        "dms.damage.report", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="report_id.company_id", store=True, precompute=True, default=None
    )
    state = fields.Selection(related="report_id.state", string="State of the Claim")
    place = fields.Selection(DAMAGE_PLACES, required=True)
    kind = fields.Selection(DAMAGE_KINDS, "Damage", required=True, default="scratch")
    severity = fields.Selection(SEVERITIES, required=True, default="light")
    note = fields.Char("Remark")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_noted()
        return lines

    def write(self, vals):
        self.check_access("write")
        self._check_noted()
        res = super().write(vals)
        if "report_id" in vals:
            self._check_noted()
        return res

    def _check_noted(self):
        # who claims meanwhile waits, and then sees what was noted
        self.report_id._dms_claim()
        self.report_id._check_noted()

    def _dms_photos_fixed(self):
        return self.filtered(lambda line: line.state != "draft")

    @api.ondelete(at_uninstall=False)
    def _unlink_before_the_claim(self):
        self._check_noted()
