from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..yard import YardError, parse_code
from .dms_yard_text import yard_refusal

LARGEST_M = 5000


class DmsYardSite(models.Model):
    """A showroom, a yard or a car park with slots drawn on its plan."""

    _name = "dms.yard.site"
    _description = "Yard Site"
    _inherit = ["dms.store.mixin", "mail.thread"]
    _order = "company_id, sequence, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(
        required=True,
        help="Short, in capitals; stands on every label before the code of the slot.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    location_id = fields.Many2one(
        "stock.location",
        "Stock Location",
        domain=[("usage", "=", "internal")],
        check_company=True,
        index="btree_not_null",
        help="A car that is moved here or below, and stands in a slot of another "
        "site, has left that slot.",
    )
    plan_image = fields.Image(
        "Picture of the Plan",
        max_width=4096,
        max_height=4096,
        help="Lies behind the slots and fills the whole width and depth.",
    )
    width_m = fields.Float("Width (m)", default=100, required=True, digits=(8, 2))
    height_m = fields.Float("Depth (m)", default=60, required=True, digits=(8, 2))
    latitude = fields.Float(
        digits=(10, 7),
        help="Of the upper left corner of the plan, WGS-84; lets outlines in degrees "
        "be imported.",
    )
    longitude = fields.Float(digits=(10, 7), help="WGS-84, as the latitude.")
    revision = fields.Integer(
        readonly=True, copy=False, default=0, help="How often the plan was saved."
    )
    slot_ids = fields.One2many("dms.yard.slot", "site_id", "Slots")
    slot_count = fields.Integer("Number of Slots", compute="_compute_slot_count")
    occupied_count = fields.Integer("Occupied", compute="_compute_slot_count")
    free_count = fields.Integer("Free", compute="_compute_slot_count")

    _code_uniq = models.UniqueIndex(
        "(company_id, code)", "Another site of this store has this code."
    )
    _size = models.Constraint(
        f"CHECK (width_m > 0 AND width_m <= {LARGEST_M}"
        f" AND height_m > 0 AND height_m <= {LARGEST_M})",
        f"Width and depth must be more than 0 and at most {LARGEST_M} metres.",
    )
    _place = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "The latitude lies between -90 and 90, the longitude between -180 and 180.",
    )

    def _compute_slot_count(self):
        all_slots = dict(
            self.env["dms.yard.slot"]._read_group(
                [("site_id", "in", self.ids)], ["site_id"], ["__count"]
            )
        )
        taken = dict(
            self.env["dms.yard.stay"]._read_group(
                [("site_id", "in", self.ids), ("until", "=", False)],
                ["site_id"],
                ["__count"],
            )
        )
        for site in self:
            site.slot_count = all_slots.get(site, 0)
            site.occupied_count = taken.get(site, 0)
            site.free_count = site.slot_count - site.occupied_count

    @api.depends("name", "code")
    def _compute_display_name(self):
        for site in self:
            site.display_name = f"{site.name or ''} ({site.code or ''})"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_code(vals) for vals in vals_list])

    def write(self, vals):
        if "revision" in vals and not self.env.su:
            vals = {name: value for name, value in vals.items() if name != "revision"}
        if vals.get("company_id"):
            self._refuse_to_leave_store(vals["company_id"])
        if vals.get("active") is False:
            self.slot_ids._refuse_if_taken()
        return super().write(self._with_code(vals))

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        return [
            vals | {"code": f"{vals['code'][:13]}-2", "location_id": False}
            for vals in vals_list
        ]

    def _refuse_to_leave_store(self, company_id):
        leaving = self.filtered(lambda site: site.company_id.id != company_id)
        if leaving.with_context(active_test=False).slot_ids.filtered("seen_at"):
            raise UserError(
                self.env._("Cars were seen here: the site stays with its store.")
            )

    @api.model
    def _with_code(self, vals):
        if "code" not in vals:
            return vals
        try:
            return vals | {"code": parse_code(vals["code"])}
        except YardError as error:
            raise ValidationError(yard_refusal(self.env, error)) from error

    @api.ondelete(at_uninstall=False)
    def _unlink_never_seen(self):
        slots = self.with_context(active_test=False).slot_ids
        slots._unlink_never_seen()

    @api.constrains("width_m", "height_m")
    def _check_slots_inside(self):
        for site in self:
            site.slot_ids._check_inside()

    # Actions

    def action_open_plan(self):
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "dms_vehicle.dms_yard_plan_action"
        )
        return action | {"params": {"site_id": self.id}}

    def action_view_slots(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_yard_slot_action"
        )
        return action | {
            "domain": [("site_id", "=", self.id)],
            "context": {"default_site_id": self.id},
        }

    def action_print_labels(self):
        """Print the labels of all slots of these sites."""
        if not self.slot_ids:
            raise UserError(self.env._("Draw slots on the plan first."))
        report = self.env.ref("dms_vehicle.dms_yard_slot_report")
        return report.report_action(self.slot_ids)
