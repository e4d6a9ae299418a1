from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..transfer.transport import ENDS


class DmsTransportCheck(models.Model):
    """A car looked over when it was loaded or unloaded, by the store at that end."""

    _name = "dms.transport.check"
    _description = "Damage Check"
    _inherit = ["dms.photo.mixin"]
    _order = "id desc"

    car_id = fields.Many2one(
        "dms.transport.car", required=True, index=True, ondelete="cascade"
    )
    # not precomputed: the order would list the record that is made for that, too
    order_id = fields.Many2one(related="car_id.order_id", store=True, index=True)
    company_id = fields.Many2one(
        related="car_id.company_id", store=True, index=True, precompute=True
    )
    from_company_id = fields.Many2one(
        related="car_id.from_company_id", store=True, index=True, precompute=True
    )
    to_company_id = fields.Many2one(
        related="car_id.to_company_id", store=True, index=True, precompute=True
    )
    end = fields.Selection(
        [("loading", "Loading"), ("unloading", "Unloading")],
        required=True,
        default="loading",
    )
    result = fields.Selection(
        [("ok", "OK"), ("damaged", "Damaged")], required=True, default="ok"
    )
    note = fields.Text("What Is Damaged")
    odometer_km = fields.Integer("Odometer (km)")
    user_id = fields.Many2one(
        "res.users",
        "By",
        default=lambda self: self.env.user,
        readonly=True,
        index="btree_not_null",
    )
    at = fields.Datetime("Checked at", default=fields.Datetime.now, readonly=True)

    _once = models.UniqueIndex('(car_id, "end")', "This car is looked over already.")
    _odometer_positive = models.Constraint(
        "CHECK (COALESCE(odometer_km, 0) >= 0)", "No odometer shows less than zero."
    )

    @api.depends("car_id", "end")
    def _compute_display_name(self):
        labels = dict(self._fields["end"]._description_selection(self.env))
        for check in self:
            check.display_name = f"{check.car_id.vin} · {labels.get(check.end, '')}"

    @api.constrains("result", "note")
    def _check_note(self):
        for check in self:
            if check.result == "damaged" and not (check.note or "").strip():
                raise ValidationError(
                    self.env._("%(vin)s: say what is damaged.", vin=check.car_id.vin)
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals |= {"user_id": self.env.uid, "at": fields.Datetime.now()}
        checks = super().create(vals_list)
        checks._dms_check_turn()
        checks.filtered("car_id.is_new_damage")._dms_tell_damage()
        return checks

    def write(self, vals):
        self._dms_check_turn()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if not self.env.su:
            raise UserError(self.env._("What was found stays; correct it instead."))

    def _dms_check_turn(self):
        for check in self:
            check.order_id._dms_check_step(ENDS[check.end])

    def _dms_photos_fixed(self):
        """What was found stays, once the truck has gone on."""
        return self.filtered(
            lambda check: check.order_id.state not in ENDS[check.end].states
        )

    def _dms_tell_damage(self):
        for check in self:
            # both stores read it on the order, whichever looked the car over
            check.order_id.sudo().message_post(
                body=self.env._(
                    "Damaged on the way: %(vin)s. %(note)s",
                    vin=check.car_id.vin,
                    note=check.note,
                ),
                author_id=self.env.user.partner_id.id,
            )
