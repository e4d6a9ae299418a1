"""Sites and slots: what a plan may look like, and who draws it."""

import json

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ROLES
from odoo.addons.http_routing.tests.common import MockRequest

from .yard_common import YardCommon, box

DRAW = {"store_manager", "group_admin"}


def feature(code, ring, kind="yard"):
    return {
        "type": "Feature",
        "properties": {"code": code, "kind": kind},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@tagged("post_install", "-at_install")
class TestYardSlots(YardCommon):
    def slot(self, code="B-01", polygon=None, site=None, **vals):
        return self.env["dms.yard.slot"].create(
            {
                "site_id": (site or self.site).id,
                "code": code,
                "polygon": polygon or box(0, 10),
                **vals,
            }
        )

    def test_codes_become_capitals(self):
        self.assertEqual(self.slot("b-７").code, "B-7")
        self.assertEqual(self.new_site(self.store_a1, "south").code, "SOUTH")

    def test_a_code_that_no_scanner_reads_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "no code for a label"):
            self.slot("展-01")
        with self.assertRaisesRegex(ValidationError, "no code for a label"):
            self.site.code = "N/1"

    @mute_logger("odoo.sql_db")
    def test_a_code_is_unique_on_its_site(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.slot("a-01")
        south = self.new_site(self.store_a1, "SOUTH")
        self.assertEqual(self.slot("A-01", site=south).display_name, "SOUTH/A-01")

    @mute_logger("odoo.sql_db")
    def test_a_site_is_unique_in_its_store(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.new_site(self.store_a1)
        self.assertTrue(self.new_site(self.store_a2))

    def test_an_outline_that_crosses_itself_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "B-01: .*crosses itself"):
            self.slot(polygon=[[0, 10], [5, 15], [5, 10], [0, 15]])

    def test_what_is_no_outline_is_refused(self):
        for value in ("0 0", [[0, 0]], [[0, 0], [1, None], [2, 2]], [1, 2, 3]):
            with self.subTest(value=value), self.assertRaises(ValidationError):
                self.slot(polygon=value)

    def test_slots_that_lie_on_one_another_are_refused(self):
        with self.assertRaisesRegex(
            ValidationError, "A-01 and B-01 lie on one another"
        ):
            self.slot(polygon=box(1, 4))
        with self.assertRaisesRegex(ValidationError, "lie on one another"):
            self.a1.polygon = box(2, 0)

    def test_outside_the_plan_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "outside the plan"):
            self.slot(polygon=box(98, 10))
        with self.assertRaisesRegex(ValidationError, "outside the plan"):
            self.site.width_m = 5

    def test_a_site_needs_a_size(self):
        self.slots.unlink()
        for vals in ({"width_m": 0}, {"height_m": -1}, {"width_m": 90_000}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                with self.env.cr.savepoint():
                    self.site.write(vals)
                    self.env.flush_all()

    def test_an_occupied_slot_is_not_archived(self):
        self.park(self.car, self.a1)
        with self.assertRaisesRegex(UserError, f"A-01 is occupied.*{self.car.vin}"):
            self.a1.active = False
        with self.assertRaisesRegex(UserError, "A-01 is occupied"):
            self.site.active = False

    def test_a_slot_with_history_is_archived_not_deleted(self):
        self.park(self.car, self.a1)
        self.scans().vacate(self.a1.id)
        with self.assertRaisesRegex(UserError, "archive the slots"):
            self.a1.unlink()
        with self.assertRaisesRegex(UserError, "archive the slots"):
            self.site.unlink()
        self.a1.active = False
        self.assertTrue(self.slot("A-01", box(0, 0)), "its place and name are free")

    def test_a_site_with_history_stays_with_its_store(self):
        self.park(self.car, self.a1)
        with self.assertRaisesRegex(UserError, "stays with its store"):
            self.site.company_id = self.store_a2

    def test_nor_does_it_leave_if_its_history_is_archived(self):
        self.park(self.car, self.a1)
        self.park(self.car, self.new_slots(self.new_site(self.store_a1, "SOUTH"))[0])
        self.a1.active = False
        with self.assertRaisesRegex(UserError, "stays with its store"):
            self.site.company_id = self.store_a2

    def test_one_slot_per_stock_location(self):
        location = self.env["stock.location"].create(
            {"name": "Bay", "company_id": self.store_a1.id}
        )
        self.a1.location_id = location
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.env.cr.savepoint():
                self.a2.location_id = location
                self.env.flush_all()

    def test_slots_are_found_by_label_code_state_and_car(self):
        self.park(self.car, self.a1)
        self.scans()._dms_take([self.seen_by_sensor(self.a2)])
        slots = self.by(self.clerk, self.env["dms.yard.slot"])
        here = [("site_id", "=", self.site.id)]

        def found(*condition):
            return slots.search([condition, *here])

        self.assertEqual(found("display_name", "ilike", "north/a-01"), self.a1)
        self.assertEqual(found("display_name", "=", "NORTH/A-01"), self.a1)
        self.assertEqual(found("display_name", "ilike", "A-"), self.slots)
        self.assertEqual(found("state", "=", "occupied"), self.a1)
        self.assertEqual(found("state", "=", "unknown"), self.a2)
        self.assertEqual(found("state", "=", "free"), self.a3 | self.a4)
        self.assertEqual(found("state", "!=", "free"), self.a1 | self.a2)
        self.assertEqual(found("vehicle_id", "=", self.car.id), self.a1)
        self.assertEqual(found("vehicle_id.vin", "=", self.car.vin), self.a1)

    def seen_by_sensor(self, slot):
        return {
            "company_id": slot.company_id.id,
            "source": "device",
            "slot_id": slot.id,
        }

    def test_a_site_counts_its_slots(self):
        self.park(self.car, self.a1)
        self.assertRecordValues(
            self.site, [{"slot_count": 4, "occupied_count": 1, "free_count": 3}]
        )

    def test_labels_are_printed_eight_on_a_page(self):
        more = self.new_slots(self.site, 5, "B")
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html(
            "dms_vehicle.yard_labels", (self.slots | more).ids
        )
        text = html.decode()
        self.assertEqual(text.count('class="article"'), 1, "wkhtmltopdf takes one")
        self.assertEqual(text.count('class="page"'), 2)
        self.assertEqual(text.count("data:image/svg+xml"), 9)
        self.assertIn(">A-01<", text.replace("\n", ""))

    def test_labels_of_a_site_without_slots(self):
        with self.assertRaisesRegex(UserError, "Draw slots"):
            self.new_site(self.store_a1, "EMPTY").action_print_labels()
        action = self.by(self.consultant, self.site).action_print_labels()
        self.assertEqual(action["report_name"], "dms_vehicle.yard_labels")


@tagged("post_install", "-at_install")
class TestYardEditor(YardCommon):
    def rows(self):
        return self.by(self.manager, self.site).plan()["slots"]

    def save(self, rows, user=None, revision=None):
        site = self.by(user or self.manager, self.site)
        return site.save_plan(
            self.site.revision if revision is None else revision, rows
        )

    def new(self, code, polygon, kind="yard"):
        return {"id": False, "code": code, "kind": kind, "polygon": polygon}

    def test_the_plan_is_read(self):
        self.park(self.car, self.a2)
        plan = self.by(self.consultant, self.site).plan()
        self.assertEqual((plan["width"], plan["height"]), (100, 60))
        self.assertFalse(plan["may_edit"])
        self.assertEqual(plan["image"], "")
        states = [slot["state"] for slot in plan["slots"]]
        self.assertEqual(states, ["free", "occupied", "free", "free"])
        row = plan["slots"][1]
        self.assertEqual(row["vin"], self.car.vin)
        self.assertEqual(row["polygon"], box(2.5, 0))

    def test_it_goes_over_the_wire(self):
        self.assertTrue(json.dumps(self.site.plan()))

    def test_saved_once(self):
        rows = self.rows()
        rows[0] |= {"kind": "charging", "polygon": box(0, 20)}
        plan = self.save([*rows[:3], self.new("B-01", box(0, 0), "pdi")])
        self.assertEqual(plan["revision"], 1)
        codes = [slot["code"] for slot in plan["slots"]]
        self.assertEqual(codes, ["A-01", "A-02", "A-03", "B-01"])
        self.assertEqual(self.a1.kind, "charging")
        self.assertEqual(self.a1.polygon, box(0, 20))
        self.assertFalse(self.a4.exists())

    def test_nothing_changed_writes_no_slot(self):
        self.env.flush_all()
        before = self.a1.write_date
        self.save(self.rows())
        self.assertEqual(self.a1.write_date, before)

    def test_two_slots_change_names_and_places(self):
        rows = self.rows()
        rows[0]["code"], rows[1]["code"] = rows[1]["code"], rows[0]["code"]
        rows[2]["polygon"], rows[3]["polygon"] = rows[3]["polygon"], rows[2]["polygon"]
        self.save(rows)
        self.assertEqual((self.a1.code, self.a2.code), ("A-02", "A-01"))
        self.assertEqual(self.a3.polygon, box(7.5, 0))

    def test_all_that_is_wrong_is_said_at_once_and_nothing_saved(self):
        rows = [
            *self.rows(),
            self.new("展", box(0, 10)),
            self.new("B-02", [[0, 0]]),
            self.new("B-03", box(0, 10), "garage"),
            self.new("A-01", box(20, 10)),
            self.new("B-05", box(1, 1)),
            self.new("B-06", box(99, 10)),
            {"id": 0},
            None,
        ]
        with self.assertRaises(UserError) as caught:
            self.save(rows)
        text = str(caught.exception)
        for part in (
            "展: “展” is no code",
            "B-02: An outline needs three",
            "B-03: “garage” is no kind",
            "A-01: the code is used twice",
            "B-05 and A-02 lie on one another",
            "B-06 lies outside the plan",
            "?: ",
        ):
            self.assertIn(part, text)
        self.assertEqual(len(self.site.slot_ids), 4)

    def test_a_slot_of_another_site_is_refused(self):
        other = self.new_slots(self.new_site(self.store_a2), 1)
        row = {"id": other.id, "code": "X-1", "kind": "yard", "polygon": box(0, 30)}
        with self.assertRaisesRegex(UserError, "X-1 is no slot of this site"):
            self.save([*self.rows(), row])

    def test_who_opened_the_plan_before_another_saved_it_is_told(self):
        self.save(self.rows())
        with self.assertRaisesRegex(UserError, "has saved this plan meanwhile"):
            self.save(self.rows(), revision=0)

    def test_an_occupied_slot_is_not_removed(self):
        self.park(self.car, self.a1)
        with self.assertRaisesRegex(UserError, "A-01 is occupied"):
            self.save(self.rows()[1:])

    def test_a_slot_with_history_is_archived(self):
        self.park(self.car, self.a1)
        self.scans().vacate(self.a1.id)
        self.save(self.rows()[1:])
        self.assertFalse(self.a1.active)

    def test_no_request_pretends_that_a_plan_was_checked(self):
        slots = self.env["dms.yard.slot"].with_context(dms_yard_checked=True)
        with self.assertRaises(ValidationError):
            slots.browse(self.a1.id).polygon = box(2, 0)

    def test_only_managers_draw(self):
        for role in ROLES:
            env = self.in_store(self.store_a1, role)
            may = self.site.with_env(env).has_access("write")
            self.assertEqual(may and role != "auditor", role in DRAW, role)
            if role not in DRAW:
                with self.assertRaises(AccessError), mute_logger("odoo"):
                    self.site.with_env(env).save_plan(0, [])

    def test_every_role_but_none_outside_looks(self):
        for role in ROLES:
            env = self.in_store(self.store_a1, role)
            self.assertEqual(len(self.site.with_env(env).plan()["slots"]), 4, role)
            sister = self.in_store(self.store_a2, role)
            self.assertFalse(sister["dms.yard.site"].plans(), role)
            with self.assertRaises(AccessError), mute_logger("odoo"):
                self.site.with_env(sister).plan()

    def test_a_group_manager_looks_at_the_stores_he_works_in(self):
        admin = self.user("group_admin", self.store_a1)
        admin.company_ids |= self.store_a2
        south = self.new_site(self.store_a2, "SOUTH")
        self.new_site(self.store_b1, "WEST")
        sites = self.by(admin, self.env["dms.yard.site"])
        ids = {plan["id"] for plan in sites.plans()}
        self.assertEqual(ids, {self.site.id, south.id})

    def test_a_large_plan_is_saved_with_few_queries(self):
        def save(count):
            site = self.new_site(self.store_a1, f"S{count}", width_m=500)
            rows = [self.new(f"C-{n:03d}", box(n * 2.5, 0)) for n in range(count)]
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            site.save_plan(0, rows)
            return self.env.cr.sql_log_count - before

        save(2)
        self.assertLessEqual(save(150), save(3) + 6)

    def test_a_plan_is_read_with_few_queries(self):
        cars = [self.new_car() for _n in range(4)]
        for car, slot in zip(cars, self.slots, strict=True):
            self.park(car, slot)
        self.site.plan()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            self.site.plan()

    def test_every_form_and_list_opens(self):
        self.park(self.car, self.a1)
        for role in ("sales_consultant", "parts_clerk", "store_manager", "auditor"):
            env = self.in_store(self.store_a1, role)
            for record in (self.site, self.a1, self.a1.stay_ids, self.car):
                self.assertTrue(Form(record.with_env(env)))


@tagged("post_install", "-at_install")
class TestYardDrawings(YardCommon):
    def shapes(self, text, **options):
        return self.by(self.manager, self.env["dms.yard.site"]).read_shapes(
            text, **options
        )

    def test_good_shapes_come_in_and_bad_ones_are_named(self):
        features = [
            feature("C-01", box(0, 0), "PDI"),
            feature("C-02", [[0, 0], [1, 1]]),
            feature("", box(0, 0)),
        ]
        text = json.dumps({"type": "FeatureCollection", "features": features})
        answer = self.shapes(text)
        (slot,) = answer["slots"]
        self.assertEqual((slot["code"], slot["kind"]), ("C-01", "pdi"))
        self.assertEqual([r["row"] for r in answer["refused"]], [2, 3])
        self.assertIn("three corners", answer["refused"][0]["reason"])

    def test_lines(self):
        answer = self.shapes("C-01;showroom;0 0,3 0,3 5\nC-02;0 0")
        self.assertEqual(len(answer["slots"]), 1)
        self.assertIn("code;kind;x y", answer["refused"][0]["reason"])

    def test_broken_text_is_refused(self):
        with self.assertRaisesRegex(UserError, "broken in line 2"):
            self.shapes('{"features":\n [}')
        with self.assertRaisesRegex(UserError, "no GeoJSON FeatureCollection"):
            self.shapes("{}")

    def test_degrees_need_the_corner_of_the_plan(self):
        ring = [[121.4, 31.2], [121.4001, 31.2], [121.4001, 31.1999]]
        text = json.dumps({"features": [feature("C-01", ring)]})
        with self.assertRaisesRegex(UserError, "latitude and longitude"):
            self.shapes(text, site_id=self.site.id)
        self.site.write({"latitude": 31.2, "longitude": 121.4})
        (slot,) = self.shapes(text, site_id=self.site.id)["slots"]
        self.assertEqual(slot["polygon"][0], (0, 0))

    def test_a_grid(self):
        sites = self.by(self.manager, self.env["dms.yard.site"])
        slots = sites.make_grid({"rows": 2, "columns": 3, "kind": "showroom"})
        self.assertEqual(slots[5]["code"], "B-03")
        with self.assertRaisesRegex(UserError, "Rows must be between 1 and 200"):
            sites.make_grid({"rows": 0})
        with self.assertRaisesRegex(UserError, "no code for a label"):
            sites.make_grid({"prefix": "展"})


@tagged("post_install", "-at_install")
class TestYardChannel(YardCommon):
    """Who may follow a plan live."""

    def followed(self, user, *channels):
        sockets = self.env(user=user)["ir.websocket"]
        with MockRequest(sockets.env) as request:
            request.session.uid = user.id
            data = sockets._prepare_subscribe_data(list(channels), 0)
        return data["channels"]

    def test_whoever_sees_the_plan_follows_it(self):
        asked = f"dms_yard_site_{self.site.id}"
        for role in ("sales_consultant", "parts_clerk", "store_manager", "auditor"):
            user = self.user(role, self.store_a1)
            self.assertIn(self.site, self.followed(user, asked), role)
            self.assertNotIn(asked, self.followed(user, asked))

    def test_nobody_follows_the_plan_of_another_store(self):
        asked = f"dms_yard_site_{self.site.id}"
        public = self.env.ref("base.public_user")
        for user in (self.user("store_manager", self.store_a2), public):
            channels = self.followed(user, asked, "other")
            self.assertNotIn(self.site, channels)
            self.assertNotIn(asked, channels)
            self.assertIn("other", channels)

    def test_a_site_that_is_no_more_is_left_out(self):
        self.assertTrue(self.followed(self.clerk, "dms_yard_site_0", "dms_yard_site_"))
