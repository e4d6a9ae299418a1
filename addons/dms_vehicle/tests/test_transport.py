"""A carrier brings cars; both stores look them over, one of them pays."""

import base64

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .transfer_common import RequestCommon


class TransportCommon(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.carrier = cls.env["res.partner"].create(
            {"name": "Test Carrier", "is_company": True}
        )

    def planned(self, *cars, **vals):
        """Return a transport planned by the clerk of A1, who pays for it."""
        request = self.approved(*cars)
        action = self.giver(request, "parts_clerk").action_transport()
        env = self.in_store(self.store_a1, "parts_clerk")
        order = env["dms.transport.order"].browse(action["res_id"])
        order.write({"carrier_id": self.carrier.id, "cost": 1200} | vals)
        return order

    def under_way(self, *cars, **vals):
        order = self.planned(*cars, **vals)
        order.action_all_fine()
        order.action_load()
        order.action_depart()
        return order

    def there(self, order, role="parts_clerk"):
        return order.with_env(self.in_store(self.store_a2, role))

    def check(self, order, **vals):
        checks = order.env["dms.transport.check"]
        return checks.create({"car_id": order.car_ids[0].id, **vals})


@tagged("post_install", "-at_install")
class TestTransport(TransportCommon):
    with_chart = True

    def setUp(self):
        super().setUp()
        self.cars = self.receive(self.store_a1, 2)

    def test_planned_from_a_request(self):
        order = self.planned(*self.cars)
        self.assertRecordValues(
            order.sudo(),
            [
                {
                    "company_id": self.store_a1.id,
                    "from_company_id": self.store_a1.id,
                    "to_company_id": self.store_a2.id,
                    "car_count": 2,
                    "state": "planned",
                }
            ],
        )
        self.assertRegex(order.name, r"^TO\d{9}$")

    def test_the_asking_store_may_plan_and_pay_it(self):
        request = self.approved(*self.cars)
        action = self.asker(request, "parts_clerk").action_transport()
        order = self.env["dms.transport.order"].browse(action["res_id"])
        self.assertEqual(order.company_id, self.store_a2)
        self.there(order).read(["name", "car_ids"])
        self.assertEqual(
            self.there(order).car_ids.mapped("vin"), self.cars.mapped("vin")
        )

    def test_cars_are_put_on_one_truck_only(self):
        order = self.planned(*self.cars)
        request = self.env["dms.transfer.request"].search([], limit=1)
        with self.assertRaisesRegex(UserError, "all cars are on a truck"):
            self.giver(request).action_transport()
        with self.assertRaisesRegex(ValidationError, f"on transport {order.name}"):
            order.copy({"car_ids": [(0, 0, {"vehicle_id": self.cars[0].id})]})
        order.action_cancel()
        self.assertTrue(self.giver(request).action_transport())

    def test_a_car_that_goes_once_more_is_put_on_a_truck_once_more(self):
        order = self.under_way(*self.cars)
        self.there(order).action_all_fine()
        self.there(order).action_arrive()
        request = self.env["dms.transfer.request"].search([], limit=1)
        self.giver(request).cancel("wrong colour")
        self.env.flush_all()
        # of one transaction all records are made at the same time
        self.env.cr.execute(
            "UPDATE dms_transport_order"
            " SET create_date = create_date - interval '1 day'"
        )
        again = self.approved(*self.cars)
        action = self.giver(again, "parts_clerk").action_transport()
        self.assertEqual(again.transport_ids.ids, [action["res_id"]])

    def test_nothing_to_transport_before_it_is_approved(self):
        request = self.asked(*self.cars)
        with self.assertRaisesRegex(UserError, "nothing to transport"):
            self.giver(request).action_transport()

    def test_from_loading_to_arrival(self):
        order = self.planned(*self.cars)
        with self.assertRaisesRegex(UserError, "Look over first"):
            order.action_load()
        order.action_all_fine()
        order.action_load()
        order.action_depart()
        with self.assertRaisesRegex(UserError, "Look over first"):
            self.there(order).action_arrive()
        self.there(order).action_all_fine()
        self.there(order).action_arrive()
        self.assertEqual(order.state, "arrived")
        self.assertTrue(order.loaded_at and order.departed_at and order.arrived_at)
        self.assertFalse(order.has_damage)

    def test_each_end_has_its_store(self):
        order = self.planned(*self.cars)
        with self.assertRaisesRegex(AccessError, "done by Test store A1"):
            self.there(order).action_load()
        with self.assertRaises(AccessError):
            self.check(self.there(order))
        order.action_all_fine()
        order.action_load()
        order.action_depart()
        with self.assertRaisesRegex(AccessError, "done by Test store A2"):
            order.action_arrive()
        with self.assertRaises(AccessError):
            self.check(order, end="unloading")
        with self.assertRaisesRegex(AccessError, "done by Test store A1"):
            self.there(order).action_cancel()

    def test_only_the_yard_moves_trucks(self):
        order = self.planned(*self.cars)
        consultant = self.in_store(self.store_a1, "sales_consultant")
        with self.assertRaisesRegex(AccessError, "in the yard"):
            order.with_env(consultant).action_load()

    def test_out_of_turn(self):
        order = self.planned(*self.cars)
        with self.assertRaisesRegex(UserError, "is Planned"):
            order.action_depart()

    def test_what_is_loaded_is_not_planned_anew(self):
        order = self.under_way(*self.cars)
        for vals in ({"cost": 1}, {"carrier_id": False}, {"state": "planned"}):
            with self.assertRaisesRegex(UserError, "not planned anew"):
                order.write(vals)
        with self.assertRaisesRegex(UserError, "is loaded"):
            order.car_ids[0].unlink()
        order.write({"driver_name": "王师傅", "truck_plate": "沪A12345"})

    def test_the_other_store_does_not_plan(self):
        order = self.planned(*self.cars)
        with self.assertRaises(AccessError):
            self.there(order).write({"eta": "2026-12-01 08:00:00"})

    def test_nobody_has_another_store_pay(self):
        order = self.planned(*self.cars)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            order.write({"company_id": self.store_a2.id})
        order.invalidate_recordset()
        self.assertEqual(order.sudo().company_id, self.store_a1)

    def test_a_third_store_sees_nothing(self):
        order = self.under_way(*self.cars)
        other = order.with_env(self.in_store(self.store_a3, "store_manager"))
        for record in (order, order.car_ids, order.check_ids):
            with self.assertRaises(AccessError):
                record.with_env(other.env).read(["display_name"])

    def test_two_different_stores_and_one_pays(self):
        env = self.in_store(self.store_a1, "parts_clerk")
        home, far = self.store_a1.partner_id.id, self.store_b1.partner_id.id
        for target, reason in ((home, "two different stores"), (far, "dealer group")):
            with self.assertRaisesRegex(ValidationError, reason):
                env["dms.transport.order"].create(
                    {"from_store_id": home, "to_store_id": target}
                )
        with self.assertRaisesRegex(ValidationError, "One of the two stores pays"):
            env["dms.transport.order"].sudo().create(
                {
                    "company_id": self.store_a3.id,
                    "from_store_id": home,
                    "to_store_id": self.store_a2.partner_id.id,
                }
            )

    def test_damage_on_the_way_is_seen_by_both(self):
        order = self.under_way(*self.cars)
        refused = self.assertRaisesRegex(ValidationError, "say what is damaged")
        with refused, self.env.cr.savepoint():
            self.check(self.there(order), end="unloading", result="damaged")
        check = self.check(
            self.there(order), end="unloading", result="damaged", note="left door"
        )
        self.assertTrue(order.has_damage)
        self.assertIn("left door", order.sudo().message_ids[0].body)
        self.assertEqual(check.user_id, self.user("parts_clerk", self.store_a2))
        self.there(order).action_all_fine()
        self.there(order).action_arrive()
        self.assertEqual(order.car_ids.mapped("unloading_result"), ["damaged", "ok"])

    def damaged_there(self, *cars):
        """Return a transport that has come with a damage, and its request."""
        order = self.under_way(*cars)
        photo = (
            self.there(order)
            .env["ir.attachment"]
            .create({"name": "a.jpg", "datas": base64.b64encode(b"photo")})
        )
        self.check(
            self.there(order),
            end="unloading",
            result="damaged",
            note="left door",
            photo_ids=photo.ids,
        )
        self.there(order).action_all_fine()
        self.there(order).action_arrive()
        return self.there(order)

    def test_damage_on_the_way_is_claimed_once_the_car_is_received(self):
        order = self.damaged_there(*self.cars)
        with self.assertRaisesRegex(UserError, "receive it first"):
            order.action_claim_damage()
        request = self.env["dms.transfer.request"].search([])
        self.giver(request).action_order()
        self.giver(request, "parts_clerk").action_ship()
        self.asker(request, "parts_clerk").action_receive()
        for _click in range(2):
            order.action_claim_damage()
        report = order.damage_ids
        self.assertEqual(report.vehicle_id, order.car_ids[0].sudo().vehicle_id)
        self.assertRecordValues(
            report,
            [
                {
                    "company_id": self.store_a2.id,
                    "carrier_id": self.carrier.id,
                    "delivery_note": order.name,
                    "state": "draft",
                }
            ],
        )
        self.assertEqual(report.line_ids.note, "left door")
        self.assertEqual(report.line_ids.photo_ids.mapped("name"), ["a.jpg"])

    def test_nothing_is_claimed_of_cars_that_came_whole(self):
        order = self.under_way(*self.cars)
        self.there(order).action_all_fine()
        self.there(order).action_arrive()
        with self.assertRaisesRegex(UserError, "No car was damaged"):
            self.there(order).action_claim_damage()

    def test_a_car_is_looked_over_once_at_each_end(self):
        order = self.planned(*self.cars)
        self.check(order)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.check(order)

    def test_damage_known_at_loading_is_not_the_carriers(self):
        order = self.planned(*self.cars)
        self.check(order, result="damaged", note="scratch")
        order.action_all_fine()
        order.action_load()
        order.action_depart()
        self.check(self.there(order), end="unloading", result="damaged", note="scratch")
        self.assertFalse(order.has_damage)

    def test_photos_are_seen_by_both(self):
        order = self.planned(*self.cars)
        photo = order.env["ir.attachment"].create(
            {"name": "a.jpg", "datas": base64.b64encode(b"photo")}
        )
        self.check(order, result="damaged", note="x", photo_ids=photo.ids)
        self.assertEqual(photo.with_env(self.there(order).env).name, "a.jpg")

    def test_a_file_of_others_is_no_photo(self):
        order = self.planned(*self.cars)
        owner = self.env["ir.attachment"].with_user(self.env.ref("base.user_admin"))
        theirs = owner.create({"name": "a.jpg", "datas": base64.b64encode(b"secret")})
        with self.assertRaises(AccessError):
            self.check(order, photo_ids=theirs.ids)

    def test_a_photo_of_what_was_found_stays(self):
        order = self.planned(*self.cars)
        photo = order.env["ir.attachment"].create(
            {"name": "a.jpg", "datas": base64.b64encode(b"photo")}
        )
        self.check(order, result="damaged", note="x", photo_ids=photo.ids)
        order.action_all_fine()
        order.action_load()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            photo.datas = base64.b64encode(b"another")

    def test_what_was_found_stays(self):
        order = self.under_way(*self.cars)
        check = order.check_ids[0]
        with self.assertRaises(AccessError):
            check.unlink()
        with self.assertRaisesRegex(UserError, "not possible now"):
            check.note = "later"

    def test_forms_of_the_clerk(self):
        env = self.in_store(self.store_a1, "parts_clerk")
        with Form(env["dms.transport.order"]) as form:
            form.to_store_id = self.store_a2.partner_id
            form.carrier_id = self.carrier
            with form.car_ids.new() as line:
                line.vehicle_id = self.cars[0]
        action = form.record.action_check()
        checks = env["dms.transport.check"].with_context(**action["context"])
        with Form(checks) as form_of_check:
            form_of_check.car_id = form.record.car_ids
            form_of_check.note = "bumper"
        self.assertRecordValues(
            form_of_check.record, [{"end": "loading", "result": "damaged"}]
        )

    # Costs

    def arrive(self, order):
        self.there(order).action_all_fine()
        self.there(order).action_arrive()

    def test_the_carriers_bill_is_drafted_at_who_pays(self):
        order = self.under_way(*self.cars)
        self.arrive(order)
        bill = order.sudo().bill_id
        self.assertRecordValues(
            bill,
            [
                {
                    "state": "draft",
                    "move_type": "in_invoice",
                    "company_id": self.store_a1.id,
                    "partner_id": self.carrier.id,
                    "amount_untaxed": 1200,
                    "invoice_origin": order.name,
                }
            ],
        )

    def test_without_cost_there_is_no_bill(self):
        order = self.under_way(*self.cars, cost=0)
        self.arrive(order)
        self.assertFalse(order.sudo().bill_id)

    def test_a_cancelled_request_cancels_what_is_planned(self):
        order = self.planned(*self.cars)
        request = self.env["dms.transfer.request"].search([], limit=1)
        self.giver(request).cancel("x")
        self.assertEqual(order.state, "cancelled")


@tagged("post_install", "-at_install")
class TestWaybill(TransportCommon, HttpCase):
    def test_it_names_cars_and_carrier(self):
        cars = self.receive(self.store_a1, 2)
        order = self.planned(*cars, truck_plate="沪A12345", driver_name="王师傅")
        reports = self.env["ir.actions.report"]
        for reader in (order, self.there(order)):
            html, _kind = reports.with_env(reader.env)._render_qweb_html(
                "dms_vehicle.dms_transport_waybill", order.ids
            )
            text = html.decode()
            for word in (*cars.mapped("vin"), "Test Carrier", "沪A12345", "王师傅"):
                self.assertIn(word, text)

    def test_nobody_else_prints_it(self):
        order = self.planned(self.receive(self.store_a1))
        env = self.in_store(self.store_a3, "store_manager")
        with self.assertRaises(AccessError):
            env["ir.actions.report"]._render_qweb_html(
                "dms_vehicle.dms_transport_waybill", order.ids
            )
