from base64 import b64encode

from odoo import models

from odoo.addons.dms_vehicle.passport import qr_svg


class SaleOrder(models.Model):
    """The offer on paper: what the desk shows, one page for the customer."""

    _name = "sale.order"
    _inherit = ["sale.order"]

    def _dms_picture(self):
        """:return: picture of the car in its colour, base64, False without one"""
        # a customer sees the picture of what is offered
        return self.sudo()._dms_car_line().product_id.image_512

    def _dms_quote_options(self):
        """:return: pairs of attribute and value: colour, interior, options"""
        line = self._dms_car_line()
        values = (
            line.product_id.product_template_attribute_value_ids
            | line.product_no_variant_attribute_value_ids
        )
        return [(value.attribute_id.name, value.name) for value in values]

    def _dms_quote_facts(self):
        """:return: what the paper shows; never what it costs the store"""
        facts = self._dms_desk_facts(self._dms_sheet())
        url = self.dms_deal_id and self.dms_deal_id._dms_portal_link()
        return facts | {
            "monthly_text": self._dms_monthly_text(facts["totals"]),
            "model": self._dms_car_line().product_id.product_tmpl_id.name,
            "options": self._dms_quote_options(),
            "picture": self._dms_picture(),
            "payments": self._dms_quote_payments(facts["totals"]),
            "deposit": self.dms_deposit and self._dms_deposit_words() or "",
            "qr": url and qr_picture(url) or "",
        }

    def _dms_quote_payments(self, totals):
        """:return: what is paid when: list of (when, amount in yuan)"""
        deposit = 0 if totals["paid"] else min(self.dms_deposit, totals["cash_needed"])
        plan = [
            (self.env._("With the order"), deposit),
            (self.env._("At delivery"), totals["cash_needed"] - max(deposit, 0)),
        ]
        if totals["months"]:
            plan.append((self._dms_monthly_text(totals), totals["monthly"]))
        return [(when, amount) for when, amount in plan if amount > 0]

    def _dms_monthly_text(self, totals):
        return self.env._("Each month, %(months)s times", months=totals["months"])


def qr_picture(text):
    """:return: a QR code of a text as a data URI"""
    picture = b64encode(qr_svg(text).encode()).decode()
    return f"data:image/svg+xml;base64,{picture}"
