from odoo import Command, fields, models
from odoo.exceptions import UserError


class DmsTransportOrder(models.Model):
    """What was damaged on the way is claimed from the carrier."""

    _name = "dms.transport.order"
    _inherit = ["dms.transport.order"]

    damage_ids = fields.One2many("dms.damage.report", "transport_id", "Claims")

    def action_claim_damage(self):
        """Note the damages of cars that have come here; once per car.

        :return: an action that shows the reports
        """
        self.ensure_one()
        damaged = self.car_ids.filtered("is_new_damage")
        open_ones = damaged.filtered(
            lambda car: car.vehicle_id not in self.damage_ids.vehicle_id
        )
        for car in open_ones:
            car._dms_claim_damage()
        if not self.damage_ids:
            raise UserError(self.env._("No car was damaged on the way."))
        return self.env["dms.vehicle"]._open("dms.damage.report", self.damage_ids)


class DmsTransportCar(models.Model):
    _name = "dms.transport.car"
    _inherit = ["dms.transport.car"]

    def _dms_claim_damage(self):
        # whether the car has come is asked of it, wherever it is now
        car = self.sudo().vehicle_id
        if car.company_id != self.to_company_id or car.location_id.usage == "transit":
            raise UserError(
                self.env._(
                    "%(vin)s is still on its way: receive it first, then claim the"
                    " damage.",
                    vin=self.vin,
                )
            )
        return self.vehicle_id._dms_report_damage(self._dms_prepare_damage())

    def _dms_prepare_damage(self):
        found = self.check_ids.filtered(lambda check: check.end == "unloading")
        line = {"place": "other", "kind": "other", "note": found.note}
        # a photo is evidence of its check; the report gets its own copy
        photos = [photo.copy({"res_model": False}) for photo in found.sudo().photo_ids]
        line["photo_ids"] = [Command.set([photo.id for photo in photos])]
        order = self.order_id
        return {
            "transport_id": order.id,
            "carrier_id": order.carrier_id.id,
            "delivery_note": order.name,
            "driver_name": order.driver_name,
            "line_ids": [Command.create(line)],
        }


class DmsDamageReport(models.Model):
    _name = "dms.damage.report"
    _inherit = ["dms.damage.report"]

    transport_id = fields.Many2one(
        "dms.transport.order",
        "Transport Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
