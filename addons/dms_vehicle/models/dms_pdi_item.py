from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..inspection import Item, is_within, problems, verdict
from .dms_pdi_words import PDI_DECISIONS, PDI_RESULTS, PDI_SECTIONS

ENTERED = {"result", "value", "note", "photo_ids", "repair_needed"}
DECIDED = {"decision", "decision_note"}
DECIDERS = "dms_base.group_dms_service_advisor"


class DmsPdiItem(models.Model):
    """One thing that was or is to be checked on a car."""

    _name = "dms.pdi.item"
    _description = "Check of a PDI"
    _inherit = ["dms.store.mixin", "dms.photo.mixin"]
    _order = "section_order, sequence, id"

    pdi_id = fields.Many2one(
        "dms.pdi", "PDI", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="pdi_id.company_id", store=True, precompute=True, default=None
    )
    state = fields.Selection(related="pdi_id.state", string="State of the PDI")
    template_item_id = fields.Many2one(
        "dms.pdi.template.item", "From Template", ondelete="set null", index=True
    )
    section_order = fields.Integer(
        compute="_compute_section_order", store=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    section = fields.Selection(PDI_SECTIONS, required=True, default="exterior")
    name = fields.Char("What to Check", required=True, translate=True)
    hint = fields.Char("How", translate=True)
    required = fields.Boolean(default=True)
    needs_photo = fields.Boolean("Photo Needed")
    measured = fields.Boolean()
    unit = fields.Char()
    minimum = fields.Float(digits=(12, 2))
    maximum = fields.Float(digits=(12, 2))
    limits = fields.Char("Should Be", compute="_compute_limits")

    result = fields.Selection(PDI_RESULTS, copy=False, index=True)
    value = fields.Float("Measured Value", digits=(12, 2), copy=False)
    note = fields.Char("Remark", copy=False)
    repair_needed = fields.Boolean(
        copy=False, help="The car cannot go to its customer with this defect."
    )
    decision = fields.Selection(PDI_DECISIONS, copy=False)
    decision_note = fields.Char("Reason of the Decision", copy=False)
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False
    )
    repaired_at = fields.Datetime("Repaired", readonly=True, copy=False)

    @api.depends("section")
    def _compute_section_order(self):
        places = {section: place for place, (section, _) in enumerate(PDI_SECTIONS)}
        for item in self:
            item.section_order = places.get(item.section, len(places))

    @api.depends("measured", "unit", "minimum", "maximum")
    def _compute_limits(self):
        for item in self:
            item.limits = item.measured and item._limits_text()

    def _limits_text(self):
        low, high = f"{self.minimum:g}", f"{self.maximum:g}"
        text = f"{low}–{high}" if self.maximum else f"≥ {low}"
        return f"{text} {self.unit or ''}".strip()

    @api.onchange("value")
    def _onchange_value(self):
        if self.measured and self.value:
            self.result = self._judged(self.value)

    @api.onchange("result")
    def _onchange_result(self):
        self.repair_needed = self.result == "defect"

    def _judged(self, value):
        right = is_within(value, self.minimum, self.maximum)
        return "ok" if right else "defect"

    # Writing

    def write(self, vals):
        self._check_may_write(vals)
        for item in self:
            super(DmsPdiItem, item).write(item._completed(vals))
        return True

    def _check_may_write(self, vals):
        self.check_access("write")
        # who signs meanwhile waits, and then sees what was found
        self.pdi_id._dms_claim()
        self.pdi_id._check_open()
        if self.env.su:
            return
        if set(vals) - ENTERED - DECIDED:
            raise UserError(self.env._("What to check is changed in the template."))
        if DECIDED & vals.keys():
            self._check_decision(vals)

    def _check_decision(self, vals):
        if not self.env.user.has_group(DECIDERS):
            raise AccessError(
                self.env._(
                    "What becomes of a defect is decided by the service advisor or the"
                    " workshop manager."
                )
            )
        results = {vals.get("result", item.result) for item in self}
        if vals.get("decision") and results != {"defect"}:
            raise UserError(
                self.env._("There is no defect to decide about; enter it first.")
            )

    def _completed(self, vals):
        """Return what a value or a result means for the other fields of an item."""
        if "value" in vals and "result" not in vals and self.measured:
            vals = vals | {"result": self._judged(vals["value"])}
        result = vals.get("result", self.result)
        if "result" in vals and result != "defect":
            vals = vals | {"repair_needed": False, "decision": False}
        elif "result" in vals and self.result != "defect":
            vals = {"repair_needed": True} | vals
        if "decision" in vals:
            vals = vals | {"decided_by_id": vals["decision"] and self.env.uid}
        return vals

    def _dms_photos_fixed(self):
        return self.filtered(lambda item: item.state != "open")

    # Judging

    def _facts(self):
        return [
            Item(
                result=item.result or "",
                required=item.required,
                needs_photo=item.needs_photo,
                photos=len(item.photo_ids),
                measured=item.measured,
                value=item.value,
                minimum=item.minimum,
                maximum=item.maximum,
                repair_needed=item.repair_needed,
                accepted=item.decision == "accept",
            )
            for item in self
        ]

    def _is_failure(self):
        return verdict(self._facts()) == "failed"

    def _open_problems(self):
        """Return why these items are not ready, a sentence for each of them."""
        return [
            self[place]._problem_text(code) for place, code in problems(self._facts())
        ]

    def _problem_text(self, code):
        texts = {
            "not_checked": self.env._("%(item)s: not checked.", item=self.name),
            "no_photo": self.env._("%(item)s: take a photo.", item=self.name),
            "out_of_limits": self.env._(
                "%(item)s: %(value)s is not %(limits)s; that is a defect.",
                item=self.name,
                value=f"{self.value:g}",
                limits=self.limits,
            ),
        }
        return texts[code]

    # Copies

    def _take_words(self):
        """Take the words over in every language, with one statement."""
        if not self:
            return
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                "UPDATE dms_pdi_item i SET name = t.name, hint = t.hint"
                " FROM dms_pdi_template_item t"
                " WHERE t.id = i.template_item_id AND i.id IN %s RETURNING i.id",
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["name", "hint"])

    def _copy_to(self, pdi):
        for item in self.sudo():  # as when they come from a template
            item.copy({"pdi_id": pdi.id})

    # Actions

    def action_ok(self):
        return self._enter("ok")

    def action_na(self):
        return self._enter("na")

    def action_defect(self):
        """Note a defect and ask for its words and photos."""
        self._enter("defect")
        return self.action_details()

    def _enter(self, result):
        self.write({"result": result})
        return True

    def action_details(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_repaired(self):
        """Note that a defect was repaired: the item is to be checked again."""
        for item in self:
            if item.result != "defect":
                raise UserError(self.env._("Only a defect is repaired."))
            item.write({"result": False})
            # when it was repaired is noted here, and typed by nobody
            item.sudo().repaired_at = fields.Datetime.now()
            item.pdi_id._message_log(
                body=self.env._("%(item)s: repaired, to be checked.", item=item.name)
            )
        return True
