from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.dms_base.models.conversation import conversation_fields
from odoo.addons.dms_vehicle.models.product_template import VEHICLE_KINDS
from odoo.addons.dms_vehicle.vin import decode, normalise

from ..trade_in import Damage, condition
from .dms_appraisal_words import (
    GEARBOXES,
    GRADES,
    LATER,
    NOTED,
    OPEN,
    PAPERS,
    STATES,
    USES,
    VALUATION,
)
from .money import exact

TREADS = (
    "tread_front_left",
    "tread_front_right",
    "tread_rear_left",
    "tread_rear_right",
)
ELECTRIC = ("bev", "phev")


class DmsAppraisal(models.Model):
    """A used car somebody offers to the store: how it is, what it is worth, its offer.

    One user notes what he sees beside the car, another one values it, the owner
    accepts; then Odoo's own purchase brings it into stock.
    """

    _name = "dms.appraisal"
    _description = "Appraisal of a Used Car"
    _inherit = [
        "dms.store.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "portal.mixin",
        "dms.blockers.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["name", "vin", "plate"]

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    state = fields.Selection(
        STATES,
        "Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand="_group_expand_state",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Owner",
        required=True,
        index=True,
        tracking=True,
        check_company=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Appraised by",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        index=True,
    )
    lead_id = fields.Many2one("crm.lead", index="btree_not_null", check_company=True)
    deal_id = fields.Many2one(
        "dms.deal",
        "Deal of the New Car",
        index="btree_not_null",
        check_company=True,
        copy=False,
        tracking=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    # The car
    vin = fields.Char("VIN", required=True, copy=False, tracking=True)
    vehicle_id = fields.Many2one(
        "dms.vehicle",
        "Car",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Once the store has bought it.",
    )
    vin_maker = fields.Char("Maker by VIN", compute="_compute_vin_facts")
    model_year = fields.Integer("Model Year by VIN", compute="_compute_vin_facts")
    known_km = fields.Integer("Last Known (km)", compute="_compute_known_km")
    product_id = fields.Many2one(
        "product.product",
        "Model in the Catalogue",
        index="btree_not_null",
        domain=[("dms_is_vehicle", "=", True)],
        help="Empty for makes that the store does not sell: one is made at purchase.",
    )
    title = fields.Char(
        "Brand, Series and Trim",
        compute="_compute_title",
        store=True,
        readonly=False,
        precompute=True,
        help="As the trade calls it: brand, series, model year, trim.",
    )
    kind = fields.Selection(
        VEHICLE_KINDS,
        "Vehicle Kind",
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
    )
    plate = fields.Char(copy=False)
    first_registration = fields.Date("First Registered on")
    odometer_km = fields.Integer("Odometer (km)")
    odometer_note = fields.Char(
        "Why the Odometer Shows Less", help="For example: instrument replaced, when."
    )
    owner_count = fields.Integer("Owners so far", default=1)
    use = fields.Selection(USES, "Used as", default="private", required=True)
    new_price = fields.Monetary("Price When New")
    displacement = fields.Char(help="1.6L, 2.0T; empty for an electric car.")
    gearbox = fields.Selection(GEARBOXES, default="automatic")
    inspection_until = fields.Date("Inspected until")
    insurance_until = fields.Date("Compulsory Insurance until")

    # How it is
    photo_line_ids = fields.One2many("dms.appraisal.photo", "appraisal_id", "Photos")
    damage_ids = fields.One2many("dms.appraisal.damage", "appraisal_id", "Damages")
    had_accident = fields.Boolean("Had a Serious Accident")
    battery_percent = fields.Float(
        "Battery Health (%)", digits=(5, 1), help="Of its first capacity."
    )
    is_electric = fields.Boolean("Drives on a Battery", compute="_compute_is_electric")
    tread_front_left = fields.Float("Tread Front Left (mm)", digits=(4, 1))
    tread_front_right = fields.Float("Tread Front Right (mm)", digits=(4, 1))
    tread_rear_left = fields.Float("Tread Rear Left (mm)", digits=(4, 1))
    tread_rear_right = fields.Float("Tread Rear Right (mm)", digits=(4, 1))
    points = fields.Float(
        "Points of Condition",
        digits=(5, 1),
        compute="_compute_condition",
        store=True,
        help="Of 100.",
    )
    grade = fields.Selection(GRADES, compute="_compute_condition", store=True)
    repair_cost = fields.Monetary(
        "Repairs", compute="_compute_repair_cost", store=True, help="Without VAT."
    )
    note = fields.Text("Remarks")

    # Its papers
    title_number = fields.Char("Registration Certificate No.", help="登记证书编号")
    has_licence = fields.Boolean("Vehicle Licence Is There")
    keys_count = fields.Integer("Keys")

    _one_open = models.UniqueIndex(
        "(company_id, vin) WHERE state IN " + str(OPEN),
        "This car is being appraised already: go on with that appraisal.",
    )
    _state_idx = models.Index("(company_id, state, id DESC)")
    _ranges = models.Constraint(
        "CHECK (COALESCE(odometer_km, 0) >= 0 AND COALESCE(keys_count, 0) >= 0"
        " AND COALESCE(owner_count, 0) >= 0 AND COALESCE(new_price, 0) >= 0"
        " AND COALESCE(battery_percent, 0) BETWEEN 0 AND 100)",
        "Kilometres, keys, owners and prices are not negative; the health of a battery"
        " is 0 to 100 percent.",
    )

    # Computed fields

    @api.depends("name", "vin", "plate")
    def _compute_display_name(self):
        for one in self:
            parts = (one.name, one.plate or one.vin)
            one.display_name = " · ".join(filter(None, parts))

    @api.depends("vin")
    def _compute_vin_facts(self):
        for one in self:
            found = decode(one.vin or "")
            one.vin_maker, one.model_year = found.maker, found.year

    @api.depends("vin")
    def _compute_known_km(self):
        cars = {car.vin: car for car in self._dms_known_cars()}
        for one in self:
            car = cars.get(normalise(one.vin or ""))
            one.known_km = car.odometer_km if car else 0

    def _dms_known_cars(self):
        """:return: the cars of these VINs, of whatever store, as superuser"""
        # a car sold by a sister store comes back to this one; only kilometres are told
        cars = self.env["dms.vehicle"].sudo().with_context(active_test=False)
        vins = [normalise(one.vin) for one in self if one.vin]
        return cars.search([("vin", "in", vins)]) if vins else cars

    @api.depends("product_id")
    def _compute_title(self):
        for one in self:
            product = one.product_id.with_context(display_default_code=False)
            one.title = one.title or product.display_name

    @api.depends("product_id")
    def _compute_kind(self):
        for one in self:
            one.kind = one.product_id.dms_kind or one.kind or "ice"

    @api.depends("kind")
    def _compute_is_electric(self):
        for one in self:
            one.is_electric = one.kind in ELECTRIC

    @api.depends("damage_ids.size", "battery_percent", "had_accident", "kind", *TREADS)
    def _compute_condition(self):
        for one in self:
            found = one._dms_condition()
            one.points, one.grade = float(found.points), found.grade

    def _dms_condition(self):
        """:return: the core's ``Condition``; what was not measured costs no points"""
        damages = [Damage(line.size) for line in self.damage_ids if line.size]
        treads = [exact(self[name]) for name in TREADS if self[name]]
        measured = self.is_electric and self.battery_percent
        battery = exact(self.battery_percent) if measured else None
        return condition(damages, treads, battery, self.had_accident)

    @api.depends("damage_ids.cost")
    def _compute_repair_cost(self):
        for one in self:
            one.repair_cost = sum(one.damage_ids.mapped("cost"))

    @api.model
    def _group_expand_state(self, states, domain):
        return [state for state, _label in STATES if state in states]

    def _compute_access_url(self):
        res = super()._compute_access_url()
        for one in self:
            one.access_url = f"/my/appraisals/{one.id}"
        return res

    @api.onchange("vin")
    def _onchange_vin(self):
        """A car the store knows brings its facts along."""
        vin = normalise(self.vin or "")
        car = self.env["dms.vehicle"].search([("vin", "=", vin)], limit=1)
        if car:
            self.product_id = car.product_id
            self.plate = car.plate or self.plate
            self.partner_id = self.partner_id or car.owner_id

    # Rules

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"]
        for vals in vals_list:
            if not self.env.su:
                for name in set(vals) - NOTED - PAPERS - LATER - {"company_id"}:
                    vals.pop(name)
            vals["vin"] = self.env["dms.vehicle"]._checked_vin(vals.get("vin"))
            store = vals.get("company_id") or self.env.company.id
            self.browse()._dms_check_vin(vals["vin"], store)
            vals["name"] = sequence.next_by_code(self._name) or "/"
        appraisals = super().create(vals_list)
        appraisals._dms_lay_out_photos()
        return appraisals

    def write(self, vals):
        if not self.env.su:
            self._check_may_write(vals)
        if "vin" in vals:
            vin = self.env["dms.vehicle"]._checked_vin(vals["vin"])
            vals = dict(vals, vin=vin)
            for one in self:
                one._dms_check_vin(vin, one.company_id.id)
        return super().write(vals)

    def _check_may_write(self, vals):
        self.check_access("write")
        names = set(vals) - conversation_fields(self.env)
        if names - NOTED - VALUATION - PAPERS - LATER:
            raise UserError(self.env._("An appraisal goes on by its buttons."))
        if names & NOTED:
            self._check_state(
                ("draft",), self.env._("what was appraised stays: appraise it anew.")
            )
        if names & VALUATION:
            self._check_may_value()
        if names & PAPERS:
            self._check_state(OPEN, self.env._("it is closed."))
        if "reverse_number" in names and self.sudo().bill_id:
            raise UserError(self.env._("The bill bears this number already."))

    def _check_state(self, states, refusal):
        if wrong := self.filtered(lambda one: one.state not in states):
            raise UserError(
                self.env._(
                    "%(appraisal)s: %(reason)s",
                    appraisal=wrong[0].display_name,
                    reason=refusal,
                )
            )

    def _dms_check_car(self):
        """Refuse a car that stands in a store already, or is appraised twice."""
        for one in self:
            one._dms_check_vin(one.vin, one.company_id.id)

    def _dms_check_vin(self, vin, company_id):
        # a sister store may hold it; who does is told, as it is for every car
        cars = self.env["dms.vehicle"].sudo().with_context(active_test=False)
        car = cars.search([("vin", "=", vin)])
        if car and not car._dms_may_come_back():
            raise ValidationError(car._held_message())
        same = [
            ("vin", "=", vin),
            ("company_id", "=", company_id),
            ("state", "in", OPEN),
            ("id", "not in", self.ids),
        ]
        if other := self.search(same, limit=1):
            raise ValidationError(
                self.env._(
                    "VIN %(vin)s is being appraised already: go on with %(name)s,"
                    " or cancel it.",
                    vin=vin,
                    name=other.name,
                )
            )

    @api.constrains("odometer_km", "odometer_note", "vin")
    def _check_odometer_km(self):
        for one in self:
            is_less = one.odometer_km and one.odometer_km < one.known_km
            if is_less and not one.odometer_note:
                raise ValidationError(
                    self.env._(
                        "%(vin)s has shown %(known)s km already. Read the odometer"
                        " again; if it shows less, say why.",
                        vin=one.vin,
                        known=one.known_km,
                    )
                )

    @api.constrains("first_registration")
    def _check_first_registration(self):
        today = fields.Date.context_today(self)
        if any(
            one.first_registration and one.first_registration > today for one in self
        ):
            raise ValidationError(
                self.env._("A car cannot be registered first on a day to come.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_state(
            ("draft", "cancelled"),
            self.env._("it was valued: cancel it instead of deleting it."),
        )

    # Steps

    def _go(self, state, **vals):
        # from one state to the next by these steps alone
        self.sudo().write(vals | {"state": state})

    def action_appraised(self):
        """All is noted: somebody else values the car now."""
        for one in self:
            one.check_access("write")
            one._dms_claim()
            one._check_state(("draft",), self.env._("it is appraised already."))
            one._dms_check_nothing_missing()
            one._go("appraised", user_id=self.env.uid)
            one.sudo()._dms_keep_suggestion()
            one._dms_call_valuer()
        return True

    def action_appraise_again(self):
        """Back beside the car: what was valued and offered falls."""
        for one in self:
            one.check_access("write")
            one._check_state(
                ("appraised", "approval", "valued", "offered", "refused"),
                self.env._("it cannot be appraised anew in this state."),
            )
            one._dms_check_car()
            one._dms_drop_valuation()
            one._go("draft")
        return True

    def action_cancel(self):
        """End it: what was noted stays to be read."""
        for one in self:
            one.check_access("write")
            one._check_state(OPEN, self.env._("it is closed."))
            one._go("cancelled")
            one._dms_off_the_deal()
            # of whoever asked whom
            one.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return True

    # What is missing

    def _dms_blockers(self):
        missing = super()._dms_blockers()
        if self.state == "draft":
            return missing + self._dms_missing_notes()
        if self.state == "accepted":
            return missing + self._dms_missing_papers()
        return missing

    def _dms_missing_notes(self):
        who = self.user_id
        texts = {
            "title": (self.title, self.env._("Say what car it is.")),
            "registered": (
                self.first_registration,
                self.env._("Enter when it was first registered."),
            ),
            "odometer": (self.odometer_km, self.env._("Read the odometer.")),
            "battery": (
                not self.is_electric or self.battery_percent,
                self.env._("Read the health of the battery."),
            ),
        }
        missing = [
            self._dms_blocker(code, text, who)
            for code, (is_there, text) in texts.items()
            if not is_there
        ]
        if names := self._dms_photos_missing():
            text = self.env._("Photos: %(names)s", names=", ".join(names))
            missing.append(self._dms_blocker("photos", text, who))
        return missing
