"""The history of one car, and a superuser who tries to change it unseen.

He switches the triggers off, which nobody else can; whatever he does, the program and
the browser page that readers check a passport with both find it.
"""

from base64 import b64encode

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.dms_base.merkle import EMPTY_ROOT, leaf_hash
from odoo.addons.dms_base.models import log_memory
from odoo.addons.dms_base.tests.log_common import LogCommon
from odoo.addons.dms_vehicle.vin import with_check_digit

from .checkers import Checkers
from .one_car import OneCar

OUR_VIN = with_check_digit("LZZAB3C20TA000027")
OTHER_VIN = with_check_digit("LZZAB3C20TA000028")
STORY = ["ordered", "shipped", "received", "delivered", "ownership"]
RECEIVED = 1 + STORY.index("received")


@tagged("post_install", "-at_install")
class TestOneCarProven(OneCar, LogCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.checkers = Checkers()
        cls.addClassCleanup(cls.checkers.close)

    def setUp(self):
        super().setUp()
        self.env = self.env(
            context=self.env.context | {"allowed_company_ids": self.store_a1.ids}
        )
        self.order = self._received(OUR_VIN, OTHER_VIN)
        self.record()
        self.kept = self._passport()
        self._delivered()
        self.record()

    def _received(self, *vins):
        line = {"product_id": self.model.id, "product_qty": len(vins)}
        order = self.env["purchase.order"].create(
            {"partner_id": self.oem.id, "order_line": [Command.create(line)]}
        )
        order.button_confirm()
        order.picking_ids.dms_announce([{"vin": vin} for vin in vins])
        order.picking_ids.button_validate()
        return order

    def _delivered(self):
        car = self.env["dms.vehicle"].search([("vin", "=", OUR_VIN)])
        line = {"product_id": self.model.id, "dms_vehicle_id": car.id}
        sale = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "order_line": [Command.create(line)]}
        )
        sale.action_confirm()
        sale.picking_ids.button_validate()

    # What is asked of both programs

    def _passport(self, vin=OUR_VIN, since=None):
        return self.env["dms.log"]._passport(vin, since)

    def _growing(self):
        """Return the passport of today, as one asks for who kept an older one."""
        return self._passport(since=self._size_of(self.kept))

    def _size_of(self, passport):
        return int(passport["checkpoint"].split("\n")[1])

    def _sign_anew(self):
        """Let the log be written once more from its entries, by its own key."""
        for table in ("leaf", "tile", "checkpoint"):
            self._forge(f"DELETE FROM dms_log_{table}")
        self._forge("INSERT INTO dms_log_waiting (id) SELECT id FROM dms_log_entry")
        database = self.env["dms.log.sequencer"]._database()
        empty = log_memory.Memory(database, 0, EMPTY_ROOT)
        log_memory.rewrite(self.env["dms.log.key"]._active().origin, empty)
        self.record()

    def _event(self, number, vin=OUR_VIN):
        return self.env["dms.log.entry"].search(
            [("subject", "=", vin)], order="id", offset=number - 1, limit=1
        )

    def assertProven(self, passport, previous=None):
        code, _events, said = self.checkers.python(passport, previous)
        self.assertEqual(code, 0, said)
        self.assertTrue(self.checkers.browser(passport, previous)["good"])

    def assertNamed(self, number, passport, previous=None):
        code, events, said = self.checkers.python(passport, previous)
        self.assertEqual(code, 1, said)
        self.assertIn(number, events)
        report = self.checkers.browser(passport, previous)
        self.assertFalse(report["good"])
        self.assertIn(number, [found["event"] for found in report["findings"]])

    def assertFound(self, finding, passport, previous=None):
        code, _events, said = self.checkers.python(passport, previous)
        self.assertEqual(code, 1, said)
        report = self.checkers.browser(passport, previous)
        self.assertIn(finding, [found["code"] for found in report["findings"]])

    # The story

    def test_the_history_of_a_car_is_proven_in_its_order(self):
        passport = self._growing()
        self.assertProven(passport, self.kept)
        entries = self.checkers.browser(passport)["entries"]
        kinds = [entry["kind"].removeprefix("vehicle.") for _place, entry in entries]
        self.assertEqual(kinds, STORY)

    def test_one_changed_byte_of_an_old_event_names_it(self):
        self._forge(
            'UPDATE dms_log_entry SET body = replace(body, \'"place":""\','
            ' \'"place":"x"\') WHERE id = %s',
            self._event(RECEIVED).id,
        )
        self.assertNamed(RECEIVED, self._passport())

    def test_one_changed_byte_is_named_though_its_hash_was_changed_too(self):
        event = self._event(RECEIVED)
        index = event.leaf_index
        self._forge("UPDATE dms_log_entry SET store = 'TA/A2' WHERE id = %s", event.id)
        (leaf,) = self.env["dms.log"]._leaves(index, index + 1)
        forged = b64encode(leaf_hash(leaf)).decode()
        self._forge(
            "UPDATE dms_log_leaf SET hash = %s WHERE id = %s", forged, index + 1
        )
        self.assertNamed(RECEIVED, self._passport())

    def test_swapped_leaves_are_named(self):
        one, other = (self._event(number).leaf_index + 1 for number in (1, 2))
        for old, new in ((one, -1), (other, one), (-1, other)):
            self._forge("UPDATE dms_log_leaf SET id = %s WHERE id = %s", new, old)
        self.assertNamed(1, self._passport())

    def test_a_log_that_went_back_is_found(self):
        today = self._passport()
        size = self._size_of(self.kept)
        self._forge("DELETE FROM dms_log_leaf WHERE id > %s", size)
        self._forge("DELETE FROM dms_log_checkpoint WHERE size > %s", size)
        self.assertProven(self._passport())
        self.assertFound("log_rolled_back", self._passport(), today)

    def test_a_forked_log_is_found(self):
        """Another log of the same name and key, in which the car was never received."""
        self._forge(
            "UPDATE dms_log_entry SET body = '{}' WHERE id = %s",
            self._event(RECEIVED).id,
        )
        self._sign_anew()
        forked = self._growing()
        self.assertProven(forked)
        self.assertFound("log_forked", forked, self.kept)

    def test_the_other_car_stays_proven(self):
        self._forge(
            "UPDATE dms_log_entry SET body = '{}' WHERE id = %s",
            self._event(RECEIVED).id,
        )
        self.assertProven(self._passport(OTHER_VIN))
