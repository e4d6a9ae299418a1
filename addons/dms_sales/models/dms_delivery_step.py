from odoo import fields, models

from .dms_delivery_words import CONDITIONS, KINDS, PHASES, ROLES

# what an item of a checklist takes over from its step
TAKEN = (
    "sequence",
    "name",
    "hint",
    "kind",
    "phase",
    "condition",
    "role",
    "needs_note",
    "needs_photo",
)


class DmsDeliveryStep(models.Model):
    """One thing to have before a car is delivered, or to hand over with it.

    A change applies to checklists that begin later.
    """

    _name = "dms.delivery.step"
    _description = "Step of a Delivery"
    _order = "phase, sequence, id"

    company_id = fields.Many2one(
        "res.company", "Only in Store", index=True, help="Empty: in every store."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=100)
    name = fields.Char("What There Has to Be", required=True, translate=True)
    hint = fields.Char("How", translate=True)
    kind = fields.Selection(
        KINDS,
        "Proof",
        required=True,
        default="manual",
        help="Documents prove a step, or somebody of a role ticks it.",
    )
    phase = fields.Selection(PHASES, "When", required=True, default="before")
    condition = fields.Selection(CONDITIONS, required=True, default="always")
    role = fields.Selection(
        ROLES,
        "Who Solves It",
        required=True,
        default="sales_consultant",
        help="Is named where the step is open; ticks it where no document proves it.",
    )
    needs_note = fields.Boolean("Note Needed")
    needs_photo = fields.Boolean("Photo Needed")

    _ticked_at_handover = models.Constraint(
        "CHECK (phase = 'before' OR kind = 'manual')",
        "What is handed over is ticked by a role; documents prove what comes before.",
    )

    def _prepare_item(self, delivery):
        """:return: the values of the item that a checklist makes of this step"""
        taken = {name: self[name] for name in TAKEN}
        return taken | {"delivery_id": delivery.id, "step_id": self.id}
