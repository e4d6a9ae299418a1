from collections import defaultdict
from decimal import Decimal

from odoo import SUPERUSER_ID, models
from odoo.fields import Command

from ..landing import to_land
from .exact import money


class DmsTransportOrder(models.Model):
    """What the carrier bills, the cars bear.

    Where the receiving store pays, it is part of what its cars have cost; where the
    giving store pays, it is a cost of its sale to that store.
    """

    _inherit = "dms.transport.order"

    def _dms_prepare_bill_line(self):
        """What no car bears, because it has not come or went back, is an expense."""
        line = super()._dms_prepare_bill_line()
        product = self.env["product.product"].browse(line["product_id"])
        template = product.with_company(self.company_id).product_tmpl_id
        expense = template.get_product_accounts()["expense"]
        return line | {"is_landed_costs_line": True, "account_id": expense.id}

    def _dms_land(self, back=()):
        """Bring what is on the cars up to what is billed; once more changes nothing.

        Cars that have not come yet bear their share when they do.

        :param back: ids of cars that go back now, and bear nothing any more
        """
        for order in self._dms_as_payer():
            billed, landed = order._dms_billed(), order._dms_landed()
            if not billed and not landed:
                continue
            cars = order.car_ids.vehicle_id.sorted("id")
            bearing = order._dms_bearing(cars).filtered(lambda car: car.id not in back)
            for ids, amounts in to_land(billed, cars.ids, set(bearing.ids), landed):
                order._dms_put_on(cars.browse(ids), amounts)

    def _dms_as_payer(self):
        """Each as its paying store; whoever posts a bill, or moves cars, may not."""
        # valuing stock, Odoo drops sudo
        everything = self.with_user(SUPERUSER_ID)
        for order in everything:
            store = order.company_id
            yield order.with_context(allowed_company_ids=store.ids).with_company(store)

    def _dms_bills(self):
        return self.bill_id | self.bill_id.reversal_move_ids

    def _dms_billed(self):
        """:return: dict of account id to what is posted on it, credit notes less"""
        posted = self._dms_bills().filtered(lambda move: move.state == "posted")
        billed = defaultdict(Decimal)
        for line in posted.invoice_line_ids.filtered("is_landed_costs_line"):
            billed[line.account_id.id] += money(line.balance)
        return billed

    def _dms_landed(self):
        """:return: dict of (car id, account id) to what is on it by these bills"""
        lines = self.env["stock.valuation.adjustment.lines"].search(
            [
                ("cost_id.vendor_bill_id", "in", self._dms_bills().ids),
                ("cost_id.state", "=", "done"),
                ("dms_vehicle_id", "in", self.car_ids.vehicle_id.ids),
            ]
        )
        landed = defaultdict(Decimal)
        for line in lines:
            key = line.dms_vehicle_id.id, line.cost_line_id.account_id.id
            landed[key] += money(line.additional_landed_cost)
        return landed

    # Which cars bear their share

    def _dms_bearing(self, cars):
        """:return: the cars that this transport brought and that did not go back"""
        receives = self.company_id == self.to_company_id
        last = self._dms_arrived(cars) if receives else self._dms_sent(cars)
        return cars.filtered(lambda car: self._dms_is_brought(last.get(car)))

    def _dms_arrived(self, cars):
        arrivals = cars.lot_id._dms_arrivals().items()
        return {lot.dms_vehicle_ids: line for lot, line in arrivals}

    def _dms_sent(self, cars):
        return cars._dms_departures(self.company_id)

    def _dms_is_brought(self, line):
        """:return: whether by this move the car went from the one store to the other"""
        if not line:
            return False
        move = line.move_id
        back = move.returned_move_ids.filtered(lambda one: one.state == "done")
        if line.lot_id in back.move_line_ids.lot_id:
            return False
        bought = move.purchase_line_id.order_id.dms_counterpart_sale_id
        sale = move.sale_line_id.order_id | bought
        return (
            sale.company_id == self.from_company_id
            and sale.partner_id.commercial_partner_id == self.to_company_id.partner_id
        )

    # The document

    def _dms_put_on(self, cars, amounts):
        cost = self.env["stock.landed.cost"].create(
            {
                "target_model": "vehicle",
                "company_id": self.company_id.id,
                "dms_vehicle_ids": [Command.set(cars.ids)],
                "vendor_bill_id": self.bill_id.id,
                "cost_lines": [
                    Command.create(self._dms_prepare_cost(account, len(cars) * amount))
                    for account, amount in sorted(amounts.items())
                ],
            }
        )
        cost.button_validate()

    def _dms_prepare_cost(self, account, amount):
        return {
            "product_id": self.env.ref("dms_vehicle.product_transport").id,
            "name": self.name,
            "account_id": account,
            "price_unit": float(amount),
            "split_method": "equal",
        }

    def action_view_landed_costs(self):
        """Open what this store has put on its cars for the carrier's bill."""
        self.ensure_one()
        costs = self.env["stock.landed.cost"]
        # the order knows its bills; their costs are read as the user
        mine = costs.search([("vendor_bill_id", "in", self.sudo()._dms_bills().ids)])
        return self.env["dms.vehicle"]._open("stock.landed.cost", mine)
