"""One certificate from the maker to the customer, each step by whose work it is."""

import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from .certificate_common import CertificateCommon, new_number

LIFE = [
    "pledge",
    "handover oem bank",
    "release",
    "handover bank store",
    "handover store customer",
]


@tagged("post_install", "-at_install")
class TestLife(CertificateCommon):
    def test_from_the_oem_to_the_customer(self):
        car = self.receive(self.store_a1)
        paper = self._enter(car)
        self.assertEqual(paper.state, "in_transit")
        self.by(self.banker, paper.handover_id).accept()
        self.assertEqual(paper.state, "pledged")
        delivery = self.sell(car).picking_ids
        self._is_refused(delivery)
        self._release(paper)
        self._bring_back(paper)
        self.assertEqual(car._dms_certificate_status(), "free")
        manager = self.user("store_manager", self.store_a1)
        self.by(manager, delivery).button_validate()
        self.assertEqual(delivery.state, "done")
        self._give_to_customer(paper, car)
        self.assertEqual(paper.state, "delivered")
        self.assertEqual(car.certificate_state, "delivered")
        self._is_recorded(car)

    def _enter(self, car):
        wizards = self.by(self.officer, self.env["dms.certificate.enter"])
        wizard = wizards.create(
            {
                "text": f"{car.vin} {new_number()}",
                "lender_id": self.bank.id,
                "reference": "BA-2026-007",
                "tracking": "SF100",
            }
        )
        wizard.action_apply()
        return self.by(self.officer, car._dms_certificate())

    def _is_refused(self, delivery):
        with (
            self.assertRaisesRegex(UserError, "pledged to Bank of Test"),
            self.env.cr.savepoint(),
        ):
            delivery.button_validate()

    def _release(self, paper):
        request = self.request(paper, receipt="R-100")
        self.by(self.banker, request).accept("repaid")
        self.assertEqual(paper.state, "released")

    def _bring_back(self, paper):
        self.by(self.banker, paper).send_back("SF200")
        self.by(self.accountant, paper.handover_id).accept()
        self.assertRecordValues(paper, [{"state": "free", "holder": "store"}])

    def _give_to_customer(self, paper, car):
        handover = self.propose(paper, "customer")
        self.assertEqual(handover.to_partner_id, car.owner_id)
        self.by(self.accountant, handover).accept("signed by the customer")

    def _is_recorded(self, car):
        events = self.env["dms.vehicle.event"].search(
            [("vehicle_id", "=", car.id), ("code", "=", "vehicle.certificate")],
            order="id",
        )
        steps = [
            self._step(json.loads(body)) for body in events.mapped("entry_id.body")
        ]
        self.assertEqual(steps, LIFE)

    def _step(self, facts):
        words = [facts["step"], facts.get("from"), facts.get("to")]
        return " ".join(filter(None, words))
