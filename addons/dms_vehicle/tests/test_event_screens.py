"""Who sees the history of a car, and what he can do from there."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ROLES
from odoo.addons.dms_base.tests.log_common import LogCommon

from .common import VehicleCommon


@tagged("post_install", "-at_install")
class TestEventScreens(VehicleCommon, LogCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)
        self.event = self.env["dms.vehicle.event"].search(
            [("vehicle_id", "=", self.car.id)], limit=1
        )

    def seen_by(self, role, store=None):
        return self.event.with_env(self.in_store(store or self.store_a1, role))

    def test_every_role_reads_the_events_of_its_store(self):
        for role in ROLES:
            with self.subTest(role=role):
                event = self.seen_by(role)
                action = event.vehicle_id.action_view_events()
                self.assertEqual(event.vehicle_id.event_count, 3)
                self.assertEqual(len(event.search(action["domain"])), 3)
                for view in ("list", "search", "pivot", "graph"):
                    event.get_view(view_type=view)
                specification = dict.fromkeys(
                    event.get_view(view_type="form")["models"][event._name], {}
                )
                self.assertTrue(event.web_read(specification))

    def test_events_of_another_store_are_hidden(self):
        for role in ("store_manager", "auditor"):
            other = self.seen_by(role, self.store_a2)
            self.assertFalse(other.search([("id", "=", self.event.id)]))
            with self.assertRaises(AccessError):
                other.read(["vin"])

    def test_the_list_is_read_by_few_queries(self):
        events = self.env["dms.vehicle.event"].search([], limit=3)
        fields = ["display_name", "at", "kind_id", "user_id", "state", "company_id"]
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            events.read(fields)

    def test_an_event_leads_to_its_document(self):
        action = self.seen_by("sales_manager").action_open_document()
        picking = self.car.purchase_line_id.order_id.picking_ids
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("stock.picking", picking.id)
        )

    def test_an_event_leads_to_its_car_and_its_entry(self):
        event = self.seen_by("auditor")
        self.assertEqual(event.action_open_vehicle()["res_id"], self.car.id)
        self.assertEqual(event.action_open_entry()["res_id"], self.event.entry_id.id)

    def test_a_document_that_is_gone_is_said_so(self):
        partner = self.env["res.partner"].create({"name": "Gone"})
        event = self.car._dms_record("vehicle.serviced", document=partner)
        partner.unlink()
        with self.assertRaisesRegex(UserError, "there no more"):
            event.action_open_document()

    def test_whoever_sees_an_event_has_it_proven(self):
        technician = self.seen_by("technician")
        with self.assertRaisesRegex(UserError, "waits for its place"):
            technician.action_check()
        self.record()
        self.assertEqual(technician.state, "recorded")
        self.assertEqual(technician.action_check()["params"]["type"], "success")

    def test_a_changed_event_is_found_from_its_form(self):
        self.record()
        self._forge(
            "UPDATE dms_log_entry SET body = '{}' WHERE id = %s", self.event.entry_id.id
        )
        answer = self.seen_by("technician").action_check()["params"]
        self.assertEqual(answer["type"], "danger")

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_to_change_an_event(self):
        for statement in (
            "UPDATE dms_vehicle_event SET odometer_km = 1",
            "DELETE FROM dms_vehicle_event",
            "TRUNCATE dms_vehicle_event CASCADE",
        ):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                self.env.cr.execute(statement)
            self.assertIn("append-only", str(caught.exception))

    def test_events_are_counted_by_kind_and_month(self):
        groups = self.env["dms.vehicle.event"].formatted_read_group(
            [("vehicle_id", "=", self.car.id)], ["kind_id", "at:month"], ["__count"]
        )
        self.assertEqual(len(groups), 3)

    # Kinds

    def test_the_group_admin_adds_a_kind_that_programs_record(self):
        admin = self.in_store(self.store_a1, "group_admin")
        with Form(admin["dms.vehicle.event.kind"]) as form:
            form.name = "Washed"
            form.code = "vehicle.washed"
        event = self.car._dms_record("vehicle.washed")
        self.assertEqual(event.kind_id, form.record)

    def test_a_code_is_for_ever(self):
        kind = self.env.ref("dms_vehicle.event_kind_sold")
        with self.assertRaisesRegex(UserError, "for ever"):
            kind.code = "vehicle.gone"
        kind.write({"code": "vehicle.sold", "name": "Sold!"})

    @mute_logger("odoo.sql_db")
    def test_a_code_is_written_in_one_way(self):
        for code in ("Sold", "sold", "vehicle.Sold", "vehicle sold", "vehicle."):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                self.env["dms.vehicle.event.kind"].create({"name": "X", "code": code})
            self.assertIn("code", str(caught.exception))

    def test_an_archived_kind_is_recorded_all_the_same(self):
        kind = self.env.ref("dms_vehicle.event_kind_moved")
        kind.active = False
        self.assertEqual(self.car._dms_record("vehicle.moved").kind_id, kind)

    def test_kinds_are_no_business_of_other_roles(self):
        manager = self.in_store(self.store_a1, "store_manager")
        with self.assertRaises(AccessError):
            manager["dms.vehicle.event.kind"].create({"name": "X", "code": "a.b"})
