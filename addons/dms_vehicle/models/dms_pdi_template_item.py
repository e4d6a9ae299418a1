from odoo import fields, models

from .dms_pdi_words import PDI_SECTIONS

# what an item of a PDI takes over from its template
TAKEN = (
    "sequence",
    "section",
    "name",
    "hint",
    "required",
    "needs_photo",
    "measured",
    "unit",
    "minimum",
    "maximum",
)


class DmsPdiTemplateItem(models.Model):
    """One thing to check. A change applies to PDIs that are started later."""

    _name = "dms.pdi.template.item"
    _description = "Item of a PDI Template"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "dms.pdi.template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="template_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    section = fields.Selection(PDI_SECTIONS, required=True, default="exterior")
    name = fields.Char("What to Check", required=True, translate=True)
    hint = fields.Char("How", translate=True)
    required = fields.Boolean(
        default=True, help="The PDI cannot be signed before this has a result."
    )
    needs_photo = fields.Boolean("Photo Needed")
    measured = fields.Boolean(help="A value is read or measured.")
    unit = fields.Char(help="For example %, V, kPa.")
    minimum = fields.Float(digits=(12, 2))
    maximum = fields.Float(digits=(12, 2), help="0: no upper limit.")

    _limits_in_order = models.Constraint(
        "CHECK (COALESCE(maximum, 0) = 0 OR maximum >= COALESCE(minimum, 0))",
        "The maximum cannot be below the minimum.",
    )

    def _prepare_pdi_item(self, pdi):
        """Return the values of the item that a PDI makes of this one."""
        return {name: self[name] for name in TAKEN} | {
            "pdi_id": pdi.id,
            "template_item_id": self.id,
        }
