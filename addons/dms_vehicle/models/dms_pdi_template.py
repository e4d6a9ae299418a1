from odoo import api, fields, models

from .product_template import VEHICLE_KINDS

KIND_FIELDS = {kind: f"for_{kind}" for kind, _label in VEHICLE_KINDS}


class DmsPdiTemplate(models.Model):
    """What to check on cars of certain kinds; several templates make one PDI."""

    _name = "dms.pdi.template"
    _description = "PDI Template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Store",
        index=True,
        help="Empty: for all stores. What only one store checks comes on top.",
    )
    brand_id = fields.Many2one("dms.brand", help="Empty: for all brands.")
    for_ice = fields.Boolean("For Combustion", default=True)
    for_hev = fields.Boolean("For Hybrids", default=True)
    for_phev = fields.Boolean("For Plug-in Hybrids", default=True)
    for_bev = fields.Boolean("For Battery Electric", default=True)
    for_commercial = fields.Boolean(default=True)
    item_ids = fields.One2many("dms.pdi.template.item", "template_id")
    item_count = fields.Integer("Number of Items", compute="_compute_item_count")

    @api.depends("item_ids")
    def _compute_item_count(self):
        counts = dict(
            self.env["dms.pdi.template.item"]._read_group(
                [("template_id", "in", self.ids)], ["template_id"], ["__count"]
            )
        )
        for template in self:
            template.item_count = counts.get(template._origin, 0)

    @api.model
    def _items_by_car(self, cars):
        """Return the items to check on each car: dict of car to template items."""
        # what is checked does not depend on who starts the PDI
        templates = self.sudo().search([("item_ids", "!=", False)])
        alike = cars.grouped(lambda car: (car.kind, car.brand_id, car.company_id))
        return {
            car: templates.filtered(lambda one, key=key: one._fits(*key)).item_ids
            for key, group in alike.items()
            for car in group
        }

    def _fits(self, kind, brand, store):
        """Whether it is for such cars; of an unknown kind if it is for all kinds."""
        wanted = [KIND_FIELDS[kind]] if kind else KIND_FIELDS.values()
        return (
            (not self.company_id or self.company_id == store)
            and (not self.brand_id or self.brand_id == brand)
            and all(self[name] for name in wanted)
        )
