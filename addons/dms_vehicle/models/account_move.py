from odoo import Command, models
from odoo.fields import Domain
from odoo.tools.misc import clean_context


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        invoices = posted.filtered(lambda m: m.move_type == "out_invoice")
        invoices._dms_record_sales()
        invoices._dms_draft_bills()
        return posted

    def _dms_record_sales(self):
        """Record that cars were sold; an invoice posted once more says nothing new."""
        # the invoice may be posted after another store of the group took the car
        sold = {
            car: invoice
            for invoice in self.sudo()
            for car in invoice.invoice_line_ids.sale_line_ids.dms_vehicle_id
        }
        cars = self.env["dms.vehicle"].sudo().concat(*sold)
        (cars - self._dms_recorded_as_sold(cars))._dms_record(
            "vehicle.sold",
            document=sold.get,
            facts=lambda car: sold[car]._dms_buying_store(),
            person=lambda car: sold[car]._dms_buyer(),
        )

    def _dms_recorded_as_sold(self, cars):
        if not cars:
            return cars
        # events are recorded for whoever posts, and looked up the same way
        events = self.env["dms.vehicle.event"].sudo()
        about = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        return events.search(
            Domain("vehicle_id", "in", cars.ids)
            & Domain("code", "=", "vehicle.sold")
            & about
        ).vehicle_id

    def _dms_buying_store(self):
        store = self.commercial_partner_id.ref_company_ids[:1]
        code = store and self.env["dms.log.entry"]._store_code(store)
        return {"to_store": code} if code else {}

    def _dms_buyer(self):
        partner = self.commercial_partner_id
        return partner.browse() if partner.ref_company_ids else partner

    def _dms_draft_bills(self):
        """Draft at the buying store the bill for what this store invoices to it."""
        for invoice in self:
            # the order of the sister store is out of the seller's reach
            orders = invoice.invoice_line_ids.sale_line_ids.order_id.sudo()
            for purchase in orders.dms_counterpart_purchase_id:
                invoice._dms_draft_bill(purchase)

    def _dms_draft_bill(self, purchase):
        """Mirror this invoice, also when the cars have not arrived there yet."""
        if purchase.invoice_ids.filtered(lambda bill: bill.ref == self.name):
            return
        context = clean_context(self.env.context)
        purchase = purchase.with_context(context).with_company(purchase.company_id)
        lines = self._dms_prepare_bill_lines(purchase)
        if lines:
            bills = self.env["account.move"].with_env(purchase.env)
            bills.create(
                purchase._prepare_invoice()
                | {
                    "move_type": "in_invoice",
                    "ref": self.name,
                    "invoice_date": self.invoice_date,
                    "date": self.date,
                    "invoice_line_ids": lines,
                }
            )

    def _dms_prepare_bill_lines(self, purchase):
        commands = []
        for line in self.invoice_line_ids:
            # as above: its lines are compared, nothing of them is shown
            bought = line.sale_line_ids.sudo().dms_counterpart_line_id
            bought = bought.with_env(purchase.env) & purchase.order_line
            if bought and bought.qty_invoiced < bought.product_qty:
                values = {"quantity": line.quantity, "price_unit": line.price_unit}
                commands.append(
                    Command.create(bought._prepare_account_move_line() | values)
                )
        return commands
