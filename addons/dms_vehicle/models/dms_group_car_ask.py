from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class DmsGroupCar(models.Model):
    """Finding a car of the group by its last characters, and asking its store."""

    _name = "dms.group.car"
    _inherit = ["dms.group.car"]

    vin_typed = fields.Char(
        "VIN or Its Last Six",
        compute="_compute_vin_typed",
        search="_search_vin_typed",
    )

    @api.depends("vin_end")
    def _compute_vin_typed(self):
        for car in self:
            car.vin_typed = car.vin_end

    @api.model
    def _search_vin_typed(self, operator, value):
        """Compare as a whole: that is what the index of the open cars is made for."""
        if operator not in ("in", "ilike", "=ilike"):
            return NotImplemented
        texts = [value] if isinstance(value, str) else value
        ends = [text.strip().upper()[-6:] for text in texts if text]
        return Domain("vin_end", "in", ends)

    def action_dms_ask(self):
        """Begin a request for this car at the store that has it."""
        self.ensure_one()
        self._dms_check_may_ask()
        request = self.env["dms.transfer.request"].create(self._dms_prepare_request())
        return request._get_records_action()

    def _dms_check_may_ask(self):
        if self.state != "in_stock":
            raise UserError(
                self.env._("Only a car that is free in stock can be asked for.")
            )
        if self.company_id == self.env.company:
            raise UserError(
                self.env._("This car stands in your own store: choose it on the order.")
            )

    def _dms_prepare_request(self):
        # a sister store may be known as a partner
        store = self.sudo().company_id.partner_id
        return {
            "giving_store_id": store.id,
            "line_ids": [Command.create({"vin": self.vin_end})],
        }
