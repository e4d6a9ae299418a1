from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .dms_vehicle import _compact

STATES = [
    ("unknown", "Nobody Found"),
    ("assigned", "Assigned"),
    ("told", "Letter Sent"),
    ("invoiced", "Invoiced"),
    ("paid", "Paid"),
]
# The index of the constraint that no two drivers have one car finds the drive.
WHO_DROVE = """
    SELECT fine.id, drive.id
    FROM (VALUES %s) AS fine (id, car, at)
    JOIN dms_drive drive
      ON int4range(drive.vehicle_id, drive.vehicle_id, '[]')
         && int4range(fine.car, fine.car, '[]')
     AND tsrange(drive.out_at, drive.back_at) @> fine.at
    WHERE drive.out_at IS NOT NULL
"""


class DmsDriveFine(models.Model):
    """A fine for one of the store's cars, and who drove at that hour."""

    _name = "dms.drive.fine"
    _description = "Traffic Fine"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "at desc, id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "plate", "place"]

    number = fields.Char("Number of the Fine", required=True, tracking=True)
    plate = fields.Char(required=True, help="As the police writes it.")
    at = fields.Datetime("When", required=True, tracking=True)
    place = fields.Char()
    offence = fields.Char(help="Its code or words.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(required=True, tracking=True)
    points = fields.Integer(help="Points that the driver loses.")
    vehicle_id = fields.Many2one(
        "dms.vehicle",
        "Car",
        compute="_compute_vehicle_id",
        store=True,
        index="btree_not_null",
    )
    drive_id = fields.Many2one(
        "dms.drive",
        compute="_compute_drive_id",
        store=True,
        index="btree_not_null",
    )
    partner_id = fields.Many2one(
        related="drive_id.partner_id",
        string="Who Drove",
        store=True,
        index="btree_not_null",
    )
    told_at = fields.Datetime("Letter Sent on", readonly=True, copy=False)
    is_settled = fields.Boolean(
        "Settled with the Police", tracking=True, help="The store, or the driver, paid."
    )
    move_id = fields.Many2one(
        "account.move", "Invoice", readonly=True, copy=False, index="btree_not_null"
    )
    state = fields.Selection(STATES, compute="_compute_state", store=True)

    _number_uniq = models.UniqueIndex(
        "(company_id, number)", "This fine is entered already."
    )
    _amounts = models.Constraint(
        "CHECK (amount >= 0 AND COALESCE(points, 0) BETWEEN 0 AND 12)",
        "A fine is not negative, and costs 12 points at most.",
    )
    _state_idx = models.Index("(company_id, state, at DESC)")

    @api.depends("plate", "company_id")
    def _compute_vehicle_id(self):
        cars = self.env["dms.vehicle"].search(
            [
                ("plate", "in", [_compact(fine.plate or "") for fine in self]),
                ("company_id", "in", self.company_id.ids),
            ]
        )
        by = {(car.plate, car.company_id): car for car in cars}
        for fine in self:
            key = (_compact(fine.plate or ""), fine.company_id)
            fine.vehicle_id = by.get(key, cars.browse())

    @api.depends("vehicle_id", "at")
    def _compute_drive_id(self):
        found = self._dms_who_drove()
        for fine in self:
            fine.drive_id = found.get(fine.id, False)

    def _dms_who_drove(self):
        """:return: dict of fine id to drive id, in one query for all"""
        asked = [
            (fine.id, fine.vehicle_id.id, fine.at)
            for fine in self
            if fine.id and fine.vehicle_id and fine.at
        ]
        if not asked:
            return {}
        self.env["dms.drive"].flush_model(["vehicle_id", "out_at", "back_at"])
        rows = SQL(", ").join(SQL("(%s, %s, %s::timestamp)", *one) for one in asked)
        return dict(self.env.execute_query(SQL(WHO_DROVE, rows)))

    @api.depends("partner_id", "told_at", "is_settled", "move_id.payment_state")
    def _compute_state(self):
        for fine in self:
            # the state of an invoice says nothing that the fine may not say
            paid = fine.move_id.sudo().payment_state in ("paid", "in_payment")
            fine.state = fine._dms_state(paid)

    def _dms_state(self, is_paid):
        if self.is_settled and not self.move_id or is_paid:
            return "paid"
        if self.move_id:
            return "invoiced"
        if self.told_at:
            return "told"
        return "assigned" if self.partner_id else "unknown"

    @api.constrains("at")
    def _check_at(self):
        now = fields.Datetime.now()
        if late := self.filtered(lambda fine: fine.at > now):
            raise ValidationError(
                self.env._("Fine %(number)s lies ahead.", number=late[0].number)
            )

    def action_assign(self):
        """Look once more who drove: a drive may have been entered later."""
        self.check_access("write")
        self._compute_vehicle_id()
        self._compute_drive_id()

    def action_print_letter(self):
        """Print the letter to the driver, and note that he was told."""
        self._dms_check_driver()
        self.write({"told_at": fields.Datetime.now()})
        return self.env.ref("dms_vehicle.dms_drive_fine_letter").report_action(self)

    def action_invoice(self):
        """Charge the fine to its driver, as the agreement says; without tax."""
        self.ensure_one()
        self._dms_check_driver()
        self._dms_claim()
        if self.move_id:
            raise UserError(self.env._("This fine is invoiced already."))
        move = self.env["account.move"].create(self._prepare_invoice())
        self.move_id = move
        return move._get_records_action()

    def _prepare_invoice(self):
        label = self.env._(
            "Traffic fine %(number)s, %(plate)s, %(place)s",
            number=self.number,
            plate=self.plate,
            place=self.place or "",
        )
        line = {"name": label, "quantity": 1, "price_unit": self.amount}
        return {
            "move_type": "out_invoice",
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "ref": self.number,
            "invoice_line_ids": [(0, 0, line | {"tax_ids": [(5,)]})],
        }

    def _dms_check_driver(self):
        if lost := self.filtered(lambda fine: not fine.partner_id):
            raise UserError(
                self.env._(
                    "Nobody is known who drove %(plate)s at that time. Compare plate"
                    " and time, or enter the drive.",
                    plate=lost[0].plate,
                )
            )

    def action_open_drive(self):
        self.ensure_one()
        return self.drive_id._get_records_action()

    def action_open_invoice(self):
        self.ensure_one()
        return self.move_id._get_records_action()
