"""What each role sees of deliveries, papers and commission in the web client."""

from odoo.tests import tagged

from odoo.addons.dms_base.tests.screens import ScreenCase

from .handover_common import HandoverCommon


@tagged("post_install", "-at_install")
class TestHandoverScreens(HandoverCommon, ScreenCase):
    def test_the_consultant_finds_what_is_missing(self):
        delivery = self.ordered().delivery_ids
        self.look_as(self.consultant)
        self.assertShows("car-deliveries", "td[name=vin]", delivery.vin)
        path = f"car-deliveries/{delivery.id}"
        self.assertShows(path, ".o_dms_blockers", "The car is not invoiced yet.")

    def test_the_accountant_issues_the_motor_invoice(self):
        deal = self.ordered()
        self.invoice(deal)
        invoice = self.motor_invoice(deal)
        self.look_as(self.accountant)
        path = f"motor-invoices/{invoice.id}"
        self.assertShows(path, "button[name=action_issue]", "Issue")

    def test_the_officer_registers_the_car(self):
        deal = self.ordered()
        registration = deal.registration_ids.create({"deal_id": deal.id})
        self.look_as(self.fi_officer)
        path = f"registrations/{registration.id}"
        self.assertShows(path, "[name=line_ids] td[name=name]", "Papers complete")

    def test_the_manager_writes_plans_and_the_consultant_reads_his_month(self):
        statement = self.env["dms.commission.statement"].create(
            {"user_id": self.consultant.id, "company_id": self.store_a1.id}
        )
        self.look_as(self.consultant)
        path = f"commission/{statement.id}"
        self.assertShows(path, "[name=user_id]", self.consultant.name)
        self.look_as(self.user("store_manager", self.store_a1))
        self.assertShows("commission-plans", ".o_view_nocontent", "No commission plan")


@tagged("post_install", "-at_install")
class TestHandoverPhone(HandoverCommon, ScreenCase):
    """Beside the car, with one thumb."""

    browser_size = "390x800"
    touch_enabled = True

    def test_the_ritual_fits_a_phone(self):
        deal = self.ordered()
        self.make_papers(deal)
        self.look_as(self.consultant)
        path = f"car-deliveries/{deal.delivery_ids.id}"
        self.assertShows(path, ".o_dms_blockers", "Nothing is missing")
        fits = "document.documentElement.scrollWidth <= 391"
        done = f"if ({fits}) console.log('test successful'); else console.error('wide')"
        ready = "!!document.querySelector('[name=item_ids] .o_kanban_record')"
        self.browser_js(f"/odoo/{path}", done, ready=ready, login=self.viewer.login)
