"""No car leaves for its customer while a bank has a right in it."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .certificate_common import CertificateCommon


@tagged("post_install", "-at_install")
class TestDelivery(CertificateCommon):
    def setUp(self):
        super().setUp()
        self.vehicle = self.receive(self.store_a1)
        self.delivery = self.sell(self.vehicle).picking_ids
        self.paper = None

    def deliver(self):
        manager = self.user("store_manager", self.store_a1)
        self.by(manager, self.delivery).button_validate()
        return self.delivery.state

    def enter(self):
        self.paper = self.certificate(self.vehicle)
        return self.paper

    def test_a_pledged_car_stays_and_the_bank_is_named(self):
        self.pledge(self.enter())
        with self.assertRaisesRegex(UserError, "pledged to Bank of Test.*release"):
            self.deliver()
        self.assertEqual(self.vehicle.state, "allocated")

    def test_a_released_car_goes(self):
        self.pledge(self.enter())
        self.by(self.banker, self.request(self.paper)).accept()
        self.assertEqual(self.deliver(), "done")

    def test_a_request_alone_is_not_enough(self):
        self.pledge(self.enter())
        self.request(self.paper)
        with self.assertRaisesRegex(UserError, "cannot be delivered"):
            self.deliver()

    def test_a_pledge_that_another_store_made_counts_too(self):
        self.enter()
        self.paper.sudo().company_id = self.store_a2
        pledges = self.env["dms.certificate.pledge"]
        pledges.create({"certificate_id": self.paper.id, "lender_id": self.bank.id})
        with self.assertRaisesRegex(UserError, "pledged to Bank of Test"):
            self.deliver()

    def test_a_car_without_certificate_goes_by_default(self):
        self.assertEqual(self.deliver(), "done")

    def test_not_where_the_store_demands_it(self):
        self.store_a1.dms_certificate_required = True
        with self.assertRaisesRegex(UserError, "no certificate is known"):
            self.deliver()

    def test_nor_while_it_is_elsewhere(self):
        self.store_a1.dms_certificate_required = True
        self.enter()
        with self.assertRaisesRegex(UserError, "is not here .With OEM"):
            self.deliver()

    def test_nor_while_it_is_missing(self):
        self.store_a1.dms_certificate_required = True
        self.hand_over(self.enter())
        self.paper.report_exception("missing", "searched twice")
        with self.assertRaisesRegex(UserError, "is not here .Missing"):
            self.deliver()

    def test_free_in_the_safe_the_car_goes_there_too(self):
        self.store_a1.dms_certificate_required = True
        self.hand_over(self.enter())
        self.assertEqual(self.deliver(), "done")

    def test_a_delivered_car_is_not_pledged_any_more(self):
        self.hand_over(self.enter())
        self.deliver()
        with self.assertRaisesRegex(UserError, "with its customer"):
            self.pledge(self.paper)

    def test_a_car_may_move_to_another_place_of_the_store(self):
        self.pledge(self.enter())
        self.delivery.action_cancel()
        place = self.vehicle.location_id.copy({"name": "Showroom"})
        wizards = self.in_store(self.store_a1, "sales_manager")["dms.vehicle.transfer"]
        wizards.with_context(
            active_model="dms.vehicle", active_ids=self.vehicle.ids
        ).create({"location_id": place.id}).action_transfer()
        self.assertEqual(self.vehicle.location_id, place)


@tagged("post_install", "-at_install")
class TestPublicStatus(CertificateCommon):
    def status(self, paper):
        return paper.vehicle_id._dms_certificate_status()

    def test_without_certificate_nothing_is_known(self):
        self.assertEqual(self.new_car()._dms_certificate_status(), "unknown")

    def test_with_the_oem_nothing_is_known(self):
        self.assertEqual(self.status(self.certificate()), "unknown")

    def test_pledged(self):
        paper = self.at_bank()
        self.assertEqual(self.status(paper), "pledged")
        self.request(paper)
        self.assertEqual(self.status(paper), "pledged")

    def test_free_in_the_safe_and_after_the_release(self):
        self.assertEqual(self.status(self.in_safe()), "free")
        paper = self.at_bank()
        self.by(self.banker, self.request(paper)).accept()
        self.assertEqual(self.status(paper), "free")

    def test_a_missing_one_proves_nothing(self):
        paper = self.in_safe()
        paper.report_exception("missing", "")
        self.assertEqual(self.status(paper), "unknown")

    def test_whoever_asks_gets_the_answer(self):
        car = self.at_bank().vehicle_id
        public = car.with_user(self.env.ref("base.public_user"))
        self.assertEqual(public._dms_certificate_status(), "pledged")
