"""A customer's own deals: the list, what waits for him, his invoices."""

from odoo.http import request, route

from odoo.addons.dms_vehicle.controllers.listing import Listing, listed


class MyDealsPortal(Listing):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        deals = request.env["dms.deal"]
        if not counters:  # the page itself, not its numbers
            values["dms_tasks"] = deals._dms_my_tasks()
        if "deal_count" in counters:
            values["deal_count"] = len(deals._dms_mine())
        return values

    @listed("deals")
    def portal_my_deals(self, page=1, **_ignored):
        """The deals of the user, whichever store they are with."""
        deals = request.env["dms.deal"]
        # customers have no rights; the domain says what is theirs
        domain = deals._dms_mine_domain()
        found, values = self._page("deals", deals.sudo(), domain, page, "")
        values["deals"] = found._dms_portal_cards()
        return request.render("dms_sales.portal_my_deals", values)

    @route(
        "/my/deals/<int:deal_id>/motor-invoice/<int:invoice_id>",
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_motor_invoice(self, deal_id, invoice_id, **_ignored):
        """An issued motor invoice, for the buyer whose name it bears."""
        mine = request.env["dms.deal"]._dms_mine(deal_id)._dms_my_motor_invoices()
        invoice = mine.filtered(lambda one: one.id == invoice_id)
        if not invoice:
            return request.not_found()
        return self._show_report(
            invoice, "pdf", "dms_sales.action_report_motor_invoice", download=True
        )
