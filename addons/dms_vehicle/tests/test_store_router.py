from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from dms_simulator import Fault
from dms_simulator.osrm import road_m, road_s

from .routing_common import BEIJING, NOWHERE, SHANGHAI, SUZHOU, RoutingCommon

A1 = (SHANGHAI["dms_longitude"], SHANGHAI["dms_latitude"])
A2 = (SUZHOU["dms_longitude"], SUZHOU["dms_latitude"])


@tagged("post_install", "-at_install")
class TestStoreRouter(RoutingCommon):
    """A real worker asks a real server."""

    def assertByRouter(self, one, other, places):
        row = self.row(one, other)
        self.assertEqual(row.source, "osrm")
        self.assertEqual(row.km, round(road_m(*places) / 1000, 1))
        self.assertAlmostEqual(row.minutes, road_s(*places) / 60, delta=1)

    def test_the_router_measures_there_and_back(self):
        self.router()
        self.measure()
        self.assertByRouter(self.store_a1, self.store_a2, (A1, A2))
        self.assertByRouter(self.store_a2, self.store_a1, (A2, A1))
        way = self.store_a1._dms_distance_to(self.store_a2)
        self.assertEqual(way["source"], "osrm")

    def test_one_question_measures_the_whole_group(self):
        vals = [self._prepare_store(f"A{n}", self.group_a) for n in (3, 4)]
        self.env["res.company"].create([v | BEIJING for v in vals])
        router = self.router()
        self.measure()
        self.assertEqual(len(router.ledger.received), 1)
        measured = self.distances.search([("source", "=", "osrm")])
        self.assertEqual(len(measured), 4 * 3)

    def test_the_router_of_a_sister_store_serves(self):
        self.router(self.store_a2)
        self.measure()
        self.assertByRouter(self.store_a1, self.store_a2, (A1, A2))

    def test_another_groups_router_does_not_serve(self):
        router = self.router(self.store_b1)
        self.assertFalse(self.distances._refresh(self.group_a))
        self.assertFalse(router.ledger.received)

    def test_a_connector_that_is_not_active_is_not_asked(self):
        self.connect("https://osrm.example", state="draft")
        self.assertFalse(self.distances._refresh(self.group_a))
        self.assertFalse(self.asked())

    def test_a_store_that_moves_asks_the_router(self):
        self.router()
        self.store_a2.write(BEIJING)
        self.deliver()
        there = (BEIJING["dms_longitude"], BEIJING["dms_latitude"])
        self.assertByRouter(self.store_a1, self.store_a2, (A1, there))

    def test_a_change_of_the_telephone_asks_nobody(self):
        self.router()
        self.store_a2.write({"phone": "0512-1", **SUZHOU})
        self.assertFalse(self.asked())

    def test_the_same_question_does_not_wait_twice(self):
        self.router()
        self.distances._refresh(self.group_a)
        self.distances._refresh(self.group_a)
        self.assertEqual(len(self.asked()), 1)
        self.deliver()
        self.distances._refresh(self.group_a)
        self.assertEqual(len(self.asked()), 2)

    def test_one_store_alone_has_nothing_to_ask(self):
        self.router()
        self.store_a2.write(NOWHERE)
        self.distances._refresh(self.group_a)
        self.assertFalse(self.asked())

    def test_the_week_asks_by_itself(self):
        router = self.router()
        cron = self.env.ref("dms_vehicle.ir_cron_store_distance")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.deliver()
        self.assertEqual(len(router.ledger.effects), 1)
        self.assertByRouter(self.store_a1, self.store_a2, (A1, A2))

    def test_the_group_admin_asks_by_a_button(self):
        self.router()
        admin = self.user("group_admin", self.store_a1)
        answer = self.distances.with_user(admin).action_refresh()
        self.assertIn("The router is asked", answer["params"]["message"])
        self.deliver()
        self.assertByRouter(self.store_a1, self.store_a2, (A1, A2))

    def test_the_test_of_the_connection_needs_no_store(self):
        router = self.router()
        connector = self.env["dms.connector"].search([("provider", "=", "osrm")])
        answer = connector.action_test_connection()
        self.assertEqual(answer["params"]["title"], "It answers")
        self.assertIn("/nearest/v1/driving/", router.ledger.effects[0])

    def test_the_provider_has_a_name(self):
        names = dict(self.env["dms.connector"]._selection_provider())
        self.assertEqual(names["osrm"], "Router (OSRM)")


@tagged("post_install", "-at_install")
class TestRouterFails(RoutingCommon):
    """Whatever the router does, what was known stays."""

    def setUp(self):
        super().setUp()
        self.simulator = self.router()
        self.measure()
        self.before = self.values()

    def values(self):
        rows = self.distances.search([], order="id")
        return [(row.km, row.minutes, row.source, row.as_of) for row in rows]

    def outcome(self):
        """Ask once more; return what became of the question."""
        self.measure()
        message = self.asked()[-1]
        self.assertEqual(self.values(), self.before)
        return message.state, message.last_error

    def test_it_is_away(self):
        self.simulator.faults.add(Fault(status=503))
        self.assertEqual(self.outcome(), ("waiting", "HTTP 503"))

    def test_the_line_drops(self):
        self.simulator.faults.add(Fault(drop="after"))
        state, error = self.outcome()
        self.assertEqual(state, "waiting")
        self.assertTrue(error)

    def test_it_refuses(self):
        self.simulator.max_table = 1
        state, error = self.outcome()
        self.assertEqual(state, "dead")
        self.assertIn("TooBig: these are too many places at a time", error)

    def test_it_answers_later_what_it_was_asked_before(self):
        self.simulator.faults.add(Fault(status=503))
        self.measure()
        message = self.asked()[-1]
        message.action_send_now()
        self.deliver()
        self.assertEqual(message.state, "delivered")

    def test_there_is_no_way(self):
        self.simulator.islands.add(A2)
        self.assertEqual(self.outcome()[0], "delivered")

    def test_a_store_lies_off_its_map(self):
        self.simulator.far[A2] = 1_000_000.0
        self.assertEqual(self.outcome()[0], "delivered")

    @mute_logger("odoo.addons.dms_base.models.dms_outbox_message")
    def test_the_answer_has_another_size(self):
        self.patch(type(self.simulator), "_way", lambda *_args: -5)
        state, error = self.outcome()
        self.assertEqual(state, "delivered")
        self.assertIn("-5 is no distance", error)

    def test_it_answers_something_else(self):
        self.patch(type(self.simulator), "_answer", lambda *_args: {"code": 7})
        state, error = self.outcome()
        self.assertEqual(state, "waiting")
        self.assertIn("this is no answer of OSRM: it has no code", error)


@tagged("post_install", "-at_install")
class TestAnswerComesLate(RoutingCommon):
    def test_not_after_the_store_has_moved(self):
        self.router()
        self.distances._refresh(self.group_a)
        self.env["dms.connector"].search([("provider", "=", "osrm")]).action_pause()
        self.store_a2.write(BEIJING)
        self.env["dms.connector"].search([("provider", "=", "osrm")]).action_activate()
        self.deliver()
        row = self.row(self.store_a1, self.store_a2)
        self.assertEqual(row.source, "great_circle")
        self.assertGreater(row.km, 1000)

    def test_not_over_a_younger_answer(self):
        self.router()
        self.measure()
        row = self.row(self.store_a1, self.store_a2)
        row.write({"km": 7, "source": "osrm", "as_of": row.as_of + timedelta(days=1)})
        self.measure()
        self.assertEqual(row.km, 7)

    def test_not_over_what_a_person_typed(self):
        self.router()
        self.row(self.store_a1, self.store_a2).write({"km": 7, "minutes": 8})
        self.measure()
        self.assertEqual(self.row(self.store_a1, self.store_a2).km, 7)
        self.assertEqual(self.row(self.store_a2, self.store_a1).source, "osrm")

    def test_not_for_a_store_that_is_gone(self):
        self.router()
        self.distances._refresh(self.group_a)
        self.store_a2.dms_group_id = False
        self.deliver()
        self.assertFalse(self.distances.search([]))
