from odoo import api, fields, models
from odoo.fields import Domain

from .dms_delivery_words import ROLES


class DmsDeliveryItem(models.Model):
    """What waits for whom: who fits and checks has a list, and needs no deals."""

    _name = "dms.delivery.item"
    _inherit = ["dms.delivery.item"]

    vehicle_id = fields.Many2one(related="delivery_id.vehicle_id", string="Car")
    vin = fields.Char(related="delivery_id.vin", string="VIN")
    product_id = fields.Many2one(related="delivery_id.product_id", string="Model")
    planned_at = fields.Datetime(
        related="delivery_id.planned_at", string="Appointment", store=True
    )
    is_due = fields.Boolean(
        "Waits for Me",
        compute="_compute_is_due",
        search="_search_is_due",
        help="Ticked by one of my roles, and open before the delivery.",
    )

    @api.depends_context("uid")
    @api.depends("state", "kind", "role", "phase", "is_open_delivery")
    def _compute_is_due(self):
        mine = self._dms_my_roles()
        for item in self:
            is_mine = item.kind == "manual" and item.role in mine
            is_open = item.is_open_delivery and item.state == "open"
            item.is_due = is_mine and is_open and item.phase == "before"

    @api.model
    def _search_is_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("kind", "=", "manual") & Domain("is_ticked", "=", False)
        domain &= Domain("settled", "=", False) & Domain("phase", "=", "before")
        domain &= Domain("role", "in", self._dms_my_roles())
        domain &= Domain("delivery_id.state", "=", "open")
        due = self.search(domain).filtered(lambda item: item._dms_counts())
        found = Domain("id", "in", due.ids)
        return found if True in value else ~found

    @api.model
    def _dms_my_roles(self):
        """:return: the roles of ``ROLES`` that the user has"""
        user = self.env.user
        return [
            role
            for role, _label in ROLES
            if user.has_group(f"dms_base.group_dms_{role}")
        ]
