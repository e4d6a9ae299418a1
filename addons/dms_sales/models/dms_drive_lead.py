from odoo import api, fields, models

DRIVEN = 100.0


class DmsDrive(models.Model):
    """A test drive belongs to the lead of a customer."""

    _name = "dms.drive"
    _inherit = ["dms.drive"]

    lead_id = fields.Many2one(
        "crm.lead",
        index="btree_not_null",
        check_company=True,
        copy=False,
        tracking=True,
    )

    @api.onchange("lead_id")
    def _onchange_lead_id(self):
        if self.lead_id:
            self.update(self.lead_id._prepare_dms_drive())

    def bring_back(self, *args, **kwargs):
        check = super().bring_back(*args, **kwargs)
        self._dms_tell_lead()
        return check

    def _dms_tell_lead(self):
        """Let who works on the lead see that its customer has driven."""
        if self.kind != "test" or not self.lead_id:
            return
        # an advisor may take the car back of a lead that he does not see
        self.lead_id.sudo().message_post(
            body=self.env._(
                "Has driven %(model)s (%(drive)s, %(km)s km).",
                model=self.product_id.display_name,
                drive=self.name,
                km=self.driven_km,
            )
        )

    def _dms_take_feedback(self, recommends, wants, comment):
        """What the driver says goes to his lead."""
        res = super()._dms_take_feedback(recommends, wants, comment)
        # the driver answers by his link, and sees no lead
        if lead := self.lead_id.sudo():
            lead.message_post(body=self._dms_feedback_text())
        return res

    def action_open_lead(self):
        self.ensure_one()
        return self.lead_id._get_records_action()


class CrmLead(models.Model):
    """The drives of a lead, and how many leads come to drive."""

    _name = "crm.lead"
    _inherit = ["crm.lead"]

    dms_drive_ids = fields.One2many("dms.drive", "lead_id", "Test Drives")
    dms_drive_count = fields.Integer(
        "Number of Test Drives", compute="_compute_dms_drive_count"
    )
    dms_test_drive_rate = fields.Float(
        "Test Drive Rate (%)",
        compute="_compute_dms_test_drive_rate",
        store=True,
        aggregator="avg",
        help="100 for a lead whose customer has driven, else 0; its average over leads"
        " is the test drive rate.",
    )

    def _compute_dms_drive_count(self):
        counts = dict(
            self.env["dms.drive"]._read_group(
                [("lead_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["lead_id"],
                ["__count"],
            )
        )
        for lead in self:
            lead.dms_drive_count = counts.get(lead._origin, 0)

    @api.depends("dms_drive_ids.out_at", "dms_drive_ids.kind")
    def _compute_dms_test_drive_rate(self):
        for lead in self:
            driven = lead.dms_drive_ids.filtered(
                lambda drive: drive.kind == "test" and drive.out_at
            )
            lead.dms_test_drive_rate = DRIVEN if driven else 0.0

    def _prepare_dms_drive(self):
        """:return: what a drive of this lead starts with"""
        self.ensure_one()
        return {
            "partner_id": self.partner_id.id,
            "driver_name": self.partner_id.name or self.contact_name or self.name,
            "driver_phone": self.partner_id.phone or self.phone,
            "user_id": self.user_id.id or self.env.uid,
            "company_id": (self.company_id or self.env.company).id,
        }

    def _merge_dependences(self, opportunities):
        """Drives of the merged leads go on with the one that stays."""
        opportunities.dms_drive_ids.lead_id = self
        return super()._merge_dependences(opportunities)

    def action_dms_book_drive(self):
        """Open a new test drive of this lead: save is the second tap."""
        self.ensure_one()
        start = self.env["dms.drive"]._dms_next_start()
        defaults = self._prepare_dms_drive() | {"lead_id": self.id, "kind": "test"}
        defaults["start"] = fields.Datetime.to_string(start)
        if model := self._dms_drive_model():
            defaults["product_id"] = model.id
        form = self.env.ref("dms_sales.dms_drive_view_form_book").id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Book a Test Drive"),
            "res_model": "dms.drive",
            "views": [(form, "form")],
            "target": "new",
            "context": {f"default_{name}": defaults[name] for name in defaults},
        }

    def _dms_drive_model(self):
        """:return: the model to drive: of an earlier drive or, if one serves, that"""
        if known := self.dms_drive_ids.product_id[:1]:
            return known
        models_ = self.env["dms.drive.car"].search(
            [("for_test", "=", True), ("company_id", "=", self.company_id.id)]
        )
        return models_.product_id if len(models_.product_id) == 1 else None

    def action_dms_view_drives(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_drive_action"
        )
        context = {f"default_{k}": v for k, v in self._prepare_dms_drive().items()}
        return dict(
            action,
            views=[(False, "list"), (False, "form")],
            domain=[("lead_id", "=", self.id)],
            context=context | {"default_lead_id": self.id},
        )
