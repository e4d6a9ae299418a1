"""The certificate of a financed car lies as security with who pays for the car."""

from datetime import date

from odoo.tests import tagged

from odoo.addons.dms_vehicle.tests.certificate_common import new_number

from .common import FloorplanCommon

REPAID = date(2026, 2, 1)


@tagged("post_install", "-at_install")
class TestFloorplanPledge(FloorplanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car = cls.receive(cls.store_a1)

    def enter(self, car=None, user=None):
        """Return the certificate of a car, entered by a user."""
        papers = self.env["dms.certificate"].with_user(user or self.env.user)
        car = car or self.car
        return papers.create({"vehicle_id": car.id, "number": new_number()})

    def requests(self, paper):
        return self.env["dms.certificate.release"].search(
            [("certificate_id", "=", paper.id)]
        )

    # Pledge

    def test_drawing_a_car_pledges_its_certificate(self):
        paper = self.enter()
        contract = self.draw(self.car)
        self.assertEqual(paper.lender_id, self.lender)
        self.assertEqual(paper.pledge_id.since, contract.start_date)
        self.assertEqual(paper.pledge_id.reference, self.line.name)

    def test_a_certificate_that_comes_later_is_pledged_when_it_is_entered(self):
        self.draw(self.car)
        officer = self.user("fi_officer", self.store_a1)
        self.assertEqual(self.enter(user=officer).lender_id, self.lender)

    def test_the_window_to_enter_them_leaves_a_pledge_as_it_is(self):
        self.draw(self.car)
        bank = self.env["res.partner"].create({"name": "Bank", "is_company": True})
        window = self.env["dms.certificate.enter"].create(
            {"text": f"{self.car.vin} {new_number()}", "lender_id": bank.id}
        )
        window.action_apply()
        self.assertEqual((window.accepted, window.rejected), (1, 0))
        self.assertEqual(self.car._dms_certificate().lender_id, self.lender)

    def test_a_certificate_that_secures_another_loan_stays_there(self):
        paper, bank = self.enter(), self.env["res.partner"].create({"name": "Bank"})
        self.env["dms.certificate.pledge"].create(
            {"certificate_id": paper.id, "lender_id": bank.id}
        )
        self.draw(self.car)
        self.assertEqual(paper.lender_id, bank)

    def test_a_car_nobody_finances_keeps_its_certificate_free(self):
        self.assertFalse(self.enter().lender_id)

    # Release

    def test_the_payment_of_the_rest_asks_for_the_certificate(self):
        paper = self.enter()
        move = self.pay(self.draw(self.car), REPAID, "all")
        request = self.requests(paper)
        self.assertEqual((request.state, request.receipt), ("waiting", move.name))
        self.assertEqual(paper.state, "release_requested")

    def test_a_curtailment_does_not(self):
        paper = self.enter()
        self.pay(self.draw(self.car), date(2026, 4, 5))
        self.assertFalse(self.requests(paper))

    def test_a_bill_asks_as_soon_as_the_deposit_covers_the_car(self):
        paper = self.enter()
        self.pay(self.draw(self.car, line=self.bill_line()), REPAID, "all")
        self.assertEqual(self.requests(paper).state, "waiting")

    def test_another_entry_asks_for_nothing_twice(self):
        paper = self.enter()
        contract = self.draw(self.car)
        self.pay(contract, REPAID, "all")
        self.line._accrue(date(2026, 3, 1))
        contract._request_certificates("again")
        self.assertEqual(len(self.requests(paper)), 1)

    def test_whoever_lends_on_another_loan_is_not_asked(self):
        paper, bank = self.enter(), self.env["res.partner"].create({"name": "Bank"})
        self.env["dms.certificate.pledge"].create(
            {"certificate_id": paper.id, "lender_id": bank.id}
        )
        self.pay(self.draw(self.car), REPAID, "all")
        self.assertFalse(self.requests(paper))

    def test_an_accountant_pays_and_the_request_is_his(self):
        paper, contract = self.enter(), self.draw(self.car)
        accountant = self.user("accountant", self.store_a1)
        self.pay(contract.with_user(accountant), REPAID, "all")
        self.assertEqual(len(self.requests(paper)), 1)

    def test_a_payment_taken_back_asks_no_more(self):
        paper, contract = self.enter(), self.draw(self.car)
        self.pay(contract, REPAID, "all")._reverse_moves(cancel=True)
        self.assertEqual(self.requests(paper).state, "cancelled")
        self.assertEqual(paper.state, "pledged")

    def test_a_drawing_taken_back_asks_for_the_certificate(self):
        paper, contract = self.enter(), self.draw(self.car)
        contract.draw_move_id._reverse_moves(cancel=True)
        self.assertEqual(self.requests(paper).state, "waiting")
