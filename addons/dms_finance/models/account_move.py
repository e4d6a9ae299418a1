from odoo import Command, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from .floorplan_draw import Draw


class AccountMove(models.Model):
    _inherit = "account.move"

    dms_accrual_ids = fields.One2many(
        "dms.floorplan.accrual", "move_id", "Floorplan Interest", readonly=True
    )
    dms_charged_line_id = fields.Many2one(
        "dms.floorplan.line",
        "Pays Interest Of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _post(self, soft=True):
        self.filtered(lambda m: m.move_type == "entry")._dms_keep_value_date()
        posted = super()._post(soft)
        posted.filtered(lambda m: m.move_type == "in_invoice")._dms_draw_floorplan()
        posted.filtered(lambda m: m.move_type == "out_invoice")._dms_remind_payoff()
        entries = posted.filtered(lambda m: m.move_type == "entry")
        entries._dms_check_not_overpaid()
        entries._dms_request_certificates()
        entries._dms_withdraw_requests()
        return posted

    def _dms_check_not_overpaid(self):
        """Refuse to pay a car back that somebody has paid back meanwhile."""
        # who posts the payment need not read the contracts
        for contract in self.sudo().line_ids.dms_floorplan_id:
            if over := contract._overpaid():
                raise UserError(
                    self.env._(
                        "%(vin)s: %(over)s more than what is owed would be paid back."
                        " Another payment was posted: delete this entry, or take the"
                        " car out of it.",
                        vin=contract.vehicle_id.vin,
                        over=formatLang(
                            self.env, over, currency_obj=contract.currency_id
                        ),
                    )
                )

    def _dms_request_certificates(self):
        """A payment to a lender asks him for the certificates of cars that are free."""
        # who posts the payment need not handle certificates himself
        for move in self.sudo():
            move.line_ids.dms_floorplan_id._request_certificates(move.name)

    def _dms_withdraw_requests(self):
        """A payment that is taken back asks for no certificate any more."""
        # as above
        for move in self.sudo().filtered("reversed_entry_id"):
            receipt = move.reversed_entry_id.name
            move.line_ids.dms_floorplan_id._withdraw_requests(receipt)

    def _dms_draw_floorplan(self):
        """Draw the cars of bills whose orders name a lender.

        Cars whose VIN is not known yet are drawn later, by the wizard.
        """
        for bill in self:
            cars = bill._dms_cars_to_draw()
            for floorplan, drawn in cars.items():
                Draw(floorplan, bill.date, drawn, bill.ref).make()

    def _dms_cars_to_draw(self):
        """:return: per line the list of ``Drawn`` cars that nobody has financed yet"""
        cars, taken = {}, self.env["dms.vehicle"].sudo()
        # who may post the bill of a car, draws its credit
        bought = self.sudo().invoice_line_ids.filtered("purchase_line_id")
        for item in bought.filtered(lambda item: item.quantity > 0):
            if line := item.purchase_line_id.order_id.dms_floorplan_line_id:
                drawn = item._dms_drawn(line.advance_percent, taken)
                taken = taken.concat(taken, *(car.vehicle for car in drawn))
                cars.setdefault(line, []).extend(drawn)
        return cars

    def _dms_remind_payoff(self):
        # a sold car is to be paid back, whoever sold it
        cars = self.sudo().invoice_line_ids.sale_line_ids.dms_vehicle_id
        cars.dms_floorplan_ids.filtered(lambda c: c.state == "open")._remind()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """A reversed entry of interest takes back its parts, or what it has paid."""
        reverses = super()._reverse_moves(default_values_list, cancel)
        for move, reverse in zip(self, reverses, strict=True):
            reverse.dms_charged_line_id = move.dms_charged_line_id
            # parts are made with their entry only, never by hand
            reverse.sudo().dms_accrual_ids = [
                Command.create(vals) for vals in move._dms_reversed_accruals()
            ]
        return reverses

    def _dms_reversed_accruals(self):
        # who reverses an entry need not read the cars it is about
        return [
            {
                "company_id": part.company_id.id,
                "contract_id": part.contract_id.id,
                "line_id": part.line_id.id,
                "vehicle_id": part.vehicle_id.id,
                "month": part.month,
                "amount": -part.amount,
            }
            for part in self.sudo().dms_accrual_ids
        ]
