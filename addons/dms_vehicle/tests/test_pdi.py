"""One car is inspected: checks, photos, defects, signature."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ROLES

from .common import new_vin
from .inspection_common import PIXEL, InspectionCommon


@tagged("post_install", "-at_install")
class TestPdi(InspectionCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)
        self.pdi = self.start(self.car)

    def test_it_has_the_checks_of_its_template_in_order(self):
        self.assertRecordValues(
            self.pdi.item_ids,
            [
                {"name": "Keys", "section": "documents", "result": False},
                {"name": "Paint", "section": "exterior", "result": False},
                {"name": "Charge", "section": "battery", "result": False},
            ],
        )
        self.assertEqual(self.pdi.open_count, 3)

    def test_it_belongs_to_the_store_of_the_car(self):
        self.assertEqual(self.pdi.company_id, self.store_a1)
        self.assertEqual(self.pdi.item_ids.company_id, self.store_a1)

    def test_all_in_order(self):
        self.check_all(self.pdi)
        self.pdi.action_finish()
        self.assertRecordValues(
            self.pdi,
            [
                {
                    "state": "passed",
                    "inspector_id": self.technician.id,
                    "signed_name": self.technician.name,
                    "progress": 100,
                }
            ],
        )
        self.assertTrue(self.pdi.signed_at)
        self.assertEqual(self.car.pdi_state, "passed")

    def test_open_checks_are_named(self):
        self.pdi.signature = PIXEL
        with self.assertRaisesRegex(UserError, "Keys: not checked") as caught:
            self.pdi.action_finish()
        self.assertIn("Paint: not checked", str(caught.exception))
        self.assertEqual(self.pdi.state, "open")

    def test_a_missing_photo_is_named(self):
        self.check_all(self.pdi)
        self.item(self.pdi, "Paint").photo_ids = False
        with self.assertRaisesRegex(UserError, "Paint: take a photo"):
            self.pdi.action_finish()

    def test_without_signature_it_is_not_finished(self):
        self.check_all(self.pdi)
        self.pdi.signature = False
        with self.assertRaisesRegex(UserError, "Sign the PDI first"):
            self.pdi.action_finish()

    def test_a_value_out_of_limits_is_a_defect_by_itself(self):
        charge = self.item(self.pdi, "Charge")
        charge.value = 12
        self.assertRecordValues(charge, [{"result": "defect", "repair_needed": True}])
        charge.value = 30
        self.assertRecordValues(charge, [{"result": "ok", "repair_needed": False}])

    def test_nobody_calls_it_in_order_all_the_same(self):
        self.check_all(self.pdi)
        self.item(self.pdi, "Charge").write({"value": 12, "result": "ok"})
        with self.assertRaisesRegex(UserError, "Charge: 12 is not 30–100 %"):
            self.pdi.action_finish()

    def test_a_defect_that_must_be_repaired_fails_the_car(self):
        self.check_all(self.pdi)
        self.item(self.pdi, "Keys").action_defect()
        self.pdi.action_finish()
        self.assertEqual(self.pdi.state, "failed")

    def test_a_small_defect_does_not(self):
        self.check_all(self.pdi)
        self.item(self.pdi, "Keys").write({"result": "defect", "repair_needed": False})
        self.pdi.action_finish()
        self.assertEqual(self.pdi.state, "passed")

    def test_signed_is_signed(self):
        self.check_all(self.pdi)
        self.pdi.action_finish()
        item = self.item(self.pdi, "Keys")
        for change in (
            lambda: item.write({"result": "na"}),
            lambda: item.sudo().write({"note": "later"}),
            lambda: self.pdi.write({"note": "later"}),
            lambda: self.pdi.write({"item_ids": [(1, item.id, {"note": "x"})]}),
            self.pdi.action_finish,
            self.pdi.action_cancel,
        ):
            with self.assertRaisesRegex(UserError, "cannot be changed"):
                change()

    def test_its_state_is_not_written_by_hand(self):
        for vals in ({"state": "passed"}, {"is_current": False}):
            with self.assertRaisesRegex(UserError, "by its buttons"):
                self.pdi.write(vals)

    def test_what_to_check_is_not_changed_in_a_pdi(self):
        with self.assertRaisesRegex(UserError, "in the template"):
            self.item(self.pdi, "Keys").required = False

    def test_the_form_judges_what_is_typed(self):
        view = "dms_vehicle.dms_pdi_item_view_form"
        with Form(self.item(self.pdi, "Charge"), view) as form:
            form.value = 20
            self.assertEqual(form.result, "defect")
            self.assertTrue(form.repair_needed)
            form.value = 55
            self.assertEqual(form.result, "ok")
            self.assertFalse(form.repair_needed)

    def test_nobody_deletes_it(self):
        with self.assertRaisesRegex(UserError, "never deleted"):
            self.pdi.sudo().unlink()

    def test_one_open_pdi_per_car(self):
        pdis = self.by(self.technician, self.env["dms.pdi"])
        with self.assertRaisesRegex(UserError, "open PDI is there already"):
            pdis.create({"vehicle_id": self.car.id})
        self.assertFalse(self.by(self.technician, self.car)._dms_start_pdi())

    @mute_logger("odoo.sql_db")
    def test_and_the_database_holds_to_it(self):
        other = self.start(self.receive(self.store_a1))
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            other.sudo().vehicle_id = self.car
            other.flush_recordset()

    def test_a_cancelled_one_makes_room(self):
        self.by(self.workshop, self.pdi).action_cancel()
        self.assertEqual(self.pdi.state, "cancelled")
        self.assertFalse(self.car.pdi_state)
        self.assertNotEqual(self.start(self.car), self.pdi)

    def test_a_car_that_is_not_there_is_not_inspected(self):
        car = self.announce(self.order(self.store_a1), new_vin())
        car.shipped_date = False
        self.assertEqual(car.state, "ordered")
        with self.assertRaisesRegex(UserError, "cannot be inspected: Ordered"):
            self.start(car)

    def test_a_photo_is_seen_by_whoever_sees_the_check(self):
        paint = self.item(self.pdi, "Paint")
        paint.photo_ids = self.photo()
        photo = self.by(self.clerk, paint).photo_ids
        self.assertEqual(photo.read(["datas"])[0]["datas"], PIXEL)
        stranger = self.user("technician", self.store_a2)
        with self.assertRaises(AccessError):
            self.by(stranger, photo).read(["datas"])

    def test_a_photo_of_a_signed_one_stays(self):
        self.check_all(self.pdi)
        photo = self.item(self.pdi, "Paint").photo_ids
        photo.copy().unlink()
        self.pdi.action_finish()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            photo.unlink()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            photo.write({"raw": b"another"})

    def test_a_photo_of_another_record_is_not_taken_from_it(self):
        photo = self.photo()
        photo.sudo().write({"res_model": "res.partner", "res_id": self.oem.id})
        self.item(self.pdi, "Paint").photo_ids = photo
        self.assertEqual(photo.res_model, "res.partner")

    def test_a_file_that_one_cannot_read_does_not_become_ones_photo(self):
        private = self.photo(self.accountant)
        paint = self.item(self.pdi, "Paint")
        for change in ([(4, private.id)], [(6, 0, private.ids)]):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                paint.photo_ids = change
        self.assertFalse(private.sudo().res_id)

    def test_a_photo_of_a_signed_one_does_not_become_a_link(self):
        self.check_all(self.pdi)
        self.pdi.action_finish()
        photo = self.item(self.pdi, "Paint").photo_ids
        with self.assertRaisesRegex(UserError, "stays as it is"):
            photo.write({"type": "url", "url": "https://example.com/other.png"})

    def test_who_takes_it_is_its_inspector(self):
        self.pdi.action_take()
        self.assertEqual(self.pdi.inspector_id, self.technician)

    def test_one_that_came_by_itself_is_signed_by_who_finishes_it(self):
        car = self.receive(self.store_a1)
        pdi = self.by(self.technician, car._dms_start_pdi())
        self.assertFalse(pdi.signed_name)
        self.check_all(pdi)
        pdi.action_finish()
        self.assertEqual(pdi.signed_name, self.technician.name)


@tagged("post_install", "-at_install")
class TestDefects(InspectionCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)
        self.pdi = self.start(self.car)
        self.check_all(self.pdi)
        self.keys = self.item(self.pdi, "Keys")
        self.keys.action_defect()

    def test_the_technician_does_not_decide(self):
        with self.assertRaisesRegex(AccessError, "decided by the service advisor"):
            self.keys.decision = "accept"

    def test_the_advisor_lets_the_car_go(self):
        self.by(self.advisor, self.keys).write(
            {"decision": "accept", "decision_note": "customer knows"}
        )
        self.assertEqual(self.keys.decided_by_id, self.advisor)
        self.pdi.action_finish()
        self.assertEqual(self.pdi.state, "passed")

    def test_nobody_decides_about_a_defect_before_it_is_found(self):
        charge = self.by(self.advisor, self.item(self.pdi, "Charge"))
        with self.assertRaisesRegex(UserError, "no defect"):
            charge.decision = "accept"

    def test_another_defect_is_decided_anew(self):
        self.by(self.advisor, self.keys).decision = "accept"
        self.keys.action_ok()
        self.keys.action_defect()
        self.assertFalse(self.keys.decision)

    def test_the_decision_to_repair_keeps_it(self):
        self.by(self.workshop, self.keys).decision = "repair"
        self.pdi.action_finish()
        self.assertEqual(self.pdi.state, "failed")

    def test_what_was_repaired_is_checked_again(self):
        self.by(self.workshop, self.keys).decision = "repair"
        self.keys.action_repaired()
        self.assertRecordValues(
            self.keys, [{"result": False, "decision": False, "repair_needed": False}]
        )
        self.assertTrue(self.keys.repaired_at)
        with self.assertRaisesRegex(UserError, "Keys: not checked"):
            self.pdi.action_finish()
        self.keys.action_ok()
        self.pdi.action_finish()
        self.assertEqual(self.pdi.state, "passed")

    def test_only_a_defect_is_repaired(self):
        with self.assertRaisesRegex(UserError, "Only a defect"):
            self.item(self.pdi, "Charge").action_repaired()

    def test_a_failed_car_is_checked_again_where_it_failed(self):
        self.pdi.action_finish()
        action = self.pdi.action_repeat()
        again = self.pdi.browse(action["res_id"])
        self.assertEqual(again.previous_id, self.pdi)
        self.assertRecordValues(
            again.item_ids,
            [{"name": "Keys", "section": "documents", "result": False, "note": False}],
        )
        again.item_ids.action_ok()
        again.signature = PIXEL
        again.action_finish()
        self.assertEqual(self.car.pdi_state, "passed")

    def test_only_a_failed_one_is_repeated(self):
        with self.assertRaisesRegex(UserError, "Only a failed PDI"):
            self.pdi.action_repeat()


@tagged("post_install", "-at_install")
class TestEvents(InspectionCommon):
    def kinds(self, car):
        events = self.env["dms.vehicle.event"].search([("vehicle_id", "=", car.id)])
        return events.filtered(lambda event: "pdi" in event.code)

    def test_a_passed_one_is_in_the_history_for_everybody(self):
        car = self.receive(self.store_a1)
        pdi = self.passed(car)
        event = self.kinds(car)
        self.assertRecordValues(
            event, [{"code": "vehicle.pdi_passed", "res_id": pdi.id}]
        )
        self.assertTrue(event.kind_id.public)
        self.assertNotIn(self.technician.name, event.body)

    def test_a_failed_one_is_not_on_the_passport(self):
        car = self.receive(self.store_a1)
        self.failed(car)
        event = self.kinds(car)
        self.assertEqual(event.code, "vehicle.pdi_failed")
        self.assertFalse(event.kind_id.public)


READ_ONLY = {
    "sales_consultant",
    "sales_manager",
    "parts_clerk",
    "fi_officer",
    "accountant",
    "auditor",
    "integrator",
}


@tagged("post_install", "-at_install")
class TestRoles(InspectionCommon):
    def test_who_inspects(self):
        for operation in ("write", "create"):
            allowed = {
                role
                for role in ROLES
                if self.in_store(self.store_a1, role)["dms.pdi"].has_access(operation)
            }
            self.assertEqual(allowed, set(ROLES) - READ_ONLY)

    def test_everybody_reads_it_in_his_store(self):
        pdi = self.start(self.receive(self.store_a1))
        for role in ROLES:
            env = self.in_store(self.store_a1, role)
            with self.subTest(role=role):
                self.assertEqual(pdi.with_env(env).read(["state"])[0]["state"], "open")
                self.assertTrue(Form(pdi.with_env(env)).item_ids)
                self.assertEqual(len(pdi.with_env(env).item_ids.mapped("name")), 3)

    def test_who_only_reads_does_not_finish(self):
        pdi = self.start(self.receive(self.store_a1))
        self.check_all(pdi)
        for role in READ_ONLY:
            mine = pdi.with_env(self.in_store(self.store_a1, role))
            with self.assertRaises(AccessError):
                mine.action_finish()
            with self.assertRaises(AccessError):
                mine.item_ids[0].action_ok()

    def test_the_pdi_of_another_store_is_out_of_reach(self):
        car = self.receive(self.store_a1)
        pdi = self.start(car)
        for role in ("technician", "store_manager"):
            other = self.in_store(self.store_a2, role)
            with self.assertRaises(AccessError):
                pdi.with_env(other).action_finish()
            with self.assertRaises(AccessError):
                pdi.item_ids.with_env(other)[0].action_ok()
            with self.assertRaises(AccessError):
                other["dms.pdi"].create({"vehicle_id": car.id})

    def test_the_store_is_that_of_the_car_whatever_is_asked(self):
        car = self.receive(self.store_a1)
        pdi = self.env["dms.pdi"].create(
            {"vehicle_id": car.id, "company_id": self.store_a2.id}
        )
        self.assertEqual(pdi.company_id, self.store_a1)
