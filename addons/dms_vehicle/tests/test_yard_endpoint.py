"""What devices send, as they send it."""

import json
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets
from odoo.addons.dms_base.tests.common import ROLES

from ..controllers.yard import BATCH_LIMIT, BODY_LIMIT
from .yard_common import YardCommon

URL = "/dms/yard/v1/sightings"
MANAGE = {"store_manager", "group_admin"}


class DeviceCommon(YardCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.device = cls.new_device("Camera 7")
        cls.key = cls.key_of(cls.device)

    @classmethod
    def new_device(cls, name, store=None, **vals):
        store = store or cls.store_a1
        return cls.env["dms.yard.device"].create(
            {"name": name, "company_id": store.id, **vals}
        )

    @classmethod
    def key_of(cls, device):
        action = device.action_new_key()
        return action["context"]["dms_secret"]

    def post(self, *rows, key=None, body=None, **headers):
        headers = {"Authorization": f"Bearer {key or self.key}"} | headers
        data = json.dumps({"sightings": rows}) if body is None else body
        self.env.flush_all()
        answer = self.url_open(
            URL, data=data, headers={"Content-Type": "application/json"} | headers
        )
        self.env.invalidate_all()
        return answer

    def row(self, key="m1", slot="NORTH/A-01", minutes_ago=1, **vals):
        now = self.env["dms.yard.sighting"]._dms_moment()
        at = (now - timedelta(minutes=minutes_ago)).isoformat() + "Z"
        return {"key": key, "slot": slot, "at": at} | vals

    def statuses(self, *rows, **options):
        answer = self.post(*rows, **options)
        self.assertEqual(answer.status_code, 200, answer.text)
        return [row["status"] for row in answer.json()["rows"]]

    def refusal(self, row, **options):
        answer = self.post(row, **options).json()
        self.assertEqual(answer["rejected"], 1, answer)
        return answer["rows"][0]["error"], answer["rows"][0]["detail"]


@tagged("post_install", "-at_install")
class TestYardEndpoint(DeviceCommon):
    def test_a_car_is_seen(self):
        answer = self.post(self.row(vin=self.car.vin.lower()))
        self.assertEqual(
            answer.json(),
            {
                "accepted": 1,
                "rejected": 0,
                "rows": [{"key": "m1", "status": "applied"}],
            },
        )
        self.assertStands(self.car, self.a1)
        sighting = self.env["dms.yard.sighting"].search([("key", "=", "m1")])
        self.assertRecordValues(
            sighting,
            [{"device_id": self.device.id, "source": "device", "user_id": False}],
        )
        self.assertEqual(self.device.last_at, sighting.taken_at)

    def test_occupied_by_nobody_knows_whom_and_free_again(self):
        self.assertEqual(self.statuses(self.row()), ["applied"])
        self.assertEqual(self.a1.state, "unknown")
        free = self.row("m2", minutes_ago=0, occupied=False)
        self.assertEqual(self.statuses(free), ["applied"])
        self.assertEqual(self.a1.state, "free")

    def test_sent_twice_it_counts_once(self):
        row = self.row(vin=self.car.vin)
        self.assertEqual(self.statuses(row), ["applied"])
        self.park(self.car, self.a2)
        self.assertEqual(self.statuses(row, row), ["duplicate", "duplicate"])
        self.assertStands(self.car, self.a2)
        seen = self.env["dms.yard.sighting"].search_count(
            [("device_id", "=", self.device.id)]
        )
        self.assertEqual(seen, 1)

    def test_twice_in_one_message(self):
        row = self.row()
        self.assertEqual(self.statuses(row, row), ["applied", "duplicate"])

    def test_a_key_for_something_else_is_refused(self):
        self.statuses(self.row())
        code, detail = self.refusal(self.row(slot="NORTH/A-02"))
        self.assertEqual(code, "key_reused")
        self.assertIn("m1", detail)

    def test_another_device_has_its_own_keys(self):
        other = self.new_device("Camera 8")
        self.statuses(self.row())
        statuses = self.statuses(self.row(slot="A-02"), key=self.key_of(other))
        self.assertEqual(statuses, ["applied"])

    def test_in_any_order(self):
        rows = [
            self.row("m3", minutes_ago=1, slot="A-03", vin=self.car.vin),
            self.row("m1", minutes_ago=9, slot="A-01", vin=self.car.vin),
            self.row("m2", minutes_ago=5, slot="A-02", vin=self.car.vin),
        ]
        self.assertEqual(self.statuses(*rows), ["applied"] * 3)
        self.assertStands(self.car, self.a3)
        late = self.row("m0", minutes_ago=4, slot="A-04", vin=self.car.vin)
        self.assertEqual(self.statuses(late), ["outdated"])
        self.assertStands(self.car, self.a3)

    def test_bad_rows_are_named_and_the_rest_goes_in(self):
        foreign = self.new_car(self.store_a2)
        rows = [
            self.row("r1", slot="NORTH/Z-99"),
            self.row("r2", vin="LZZ00000000000000"),
            self.row("r3", vin=foreign.vin),
            self.row("r4", minutes_ago=-60),
            self.row("r5") | {"at": "yesterday"},
            self.row("r6", occupied="yes"),
            self.row("") | {"slot": "A-01"},
            "nonsense",
            self.row("r9", vin=self.car.vin),
        ]
        answer = self.post(*rows).json()
        self.assertEqual((answer["accepted"], answer["rejected"]), (1, 8))
        self.assertEqual(
            [row.get("error") for row in answer["rows"]],
            [
                "unknown_slot",
                "unknown_vin",
                "other_store",
                "future",
                "bad_time",
                "bad_occupied",
                "bad_key",
                "bad_row",
                None,
            ],
        )
        self.assertEqual(answer["rows"][0]["key"], "r1")
        self.assertIn("compare it with the label", answer["rows"][0]["detail"])
        self.assertStands(self.car, self.a1)

    def test_what_no_database_can_hold_is_refused_and_the_rest_goes_in(self):
        rows = [
            self.row("p1", slot="NORTH/A\0"),
            self.row("p2", slot="NORTH/\ud800"),
            self.row("p3", vin="LZZ\0"),
            self.row("p4\ud800"),
            self.row("p5") | {"at": "\ud800"},
            self.row("p6", vin=self.car.vin),
        ]
        answer = self.post(*rows)
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(
            [row.get("error") for row in answer.json()["rows"]],
            [
                "unknown_slot",
                "unknown_slot",
                "unknown_vin",
                "bad_key",
                "bad_time",
                None,
            ],
        )
        self.assertStands(self.car, self.a1)

    def test_a_vin_that_is_no_text_is_not_an_unknown_car(self):
        self.assertEqual(self.refusal(self.row(vin=17))[0], "bad_vin")
        self.assertEqual(self.statuses(self.row(vin=None)), ["applied"])
        self.assertEqual(self.a1.state, "unknown")

    def test_a_clock_that_is_a_little_fast_does_not_outrank_people(self):
        self.statuses(self.row(vin=self.car.vin, minutes_ago=-4))
        self.park(self.car, self.a2)
        self.assertStands(self.car, self.a2)

    def test_slots_of_other_stores_are_unknown(self):
        self.new_slots(self.new_site(self.store_a2, "SOUTH"), 1)
        code, _detail = self.refusal(self.row(slot="SOUTH/A-01"))
        self.assertEqual(code, "unknown_slot")

    def test_the_site_may_be_left_out_if_it_is_clear(self):
        self.assertEqual(self.statuses(self.row(slot="A-01")), ["applied"])
        south = self.new_site(self.store_a1, "SOUTH")
        self.new_slots(south, 1)
        code, _detail = self.refusal(self.row("m2", slot="A-01"))
        self.assertEqual(code, "two_slots")
        self.device.site_id = south
        self.assertEqual(self.statuses(self.row("m3", slot="A-01")), ["applied"])
        code, _detail = self.refusal(self.row("m4", slot="NORTH/A-01"))
        self.assertEqual(code, "unknown_slot")

    def test_archived_slots_and_sites_are_unknown(self):
        self.a1.active = False
        self.assertEqual(self.refusal(self.row())[0], "unknown_slot")
        self.site.active = False
        self.assertEqual(self.refusal(self.row(slot="A-02"))[0], "unknown_slot")

    def test_an_archived_car_is_known(self):
        self.car.active = False
        self.assertEqual(self.statuses(self.row(vin=self.car.vin)), ["applied"])


@tagged("post_install", "-at_install")
class TestYardKeys(DeviceCommon):
    def assertRefused(self, answer, status, code):
        self.assertEqual(answer.status_code, status, answer.text)
        self.assertEqual(answer.json()["error"], code)
        self.assertFalse(self.a1.seen_at)

    def test_without_key(self):
        answer = self.post(self.row(), Authorization="")
        self.assertRefused(answer, 401, "no_key")
        self.assertEqual(answer.headers["WWW-Authenticate"], "Bearer")
        self.assertRefused(
            self.post(self.row(), Authorization=f"Basic {self.key}"), 401, "no_key"
        )

    def test_with_a_wrong_key(self):
        for key in ("nonsense", "dmsy_nonsense", self.key + "x", "钥匙".encode().hex()):
            self.assertRefused(self.post(self.row(), key=key), 401, "unknown_key")

    def test_a_revoked_key(self):
        self.device.action_revoke()
        self.assertEqual(self.device.state, "revoked")
        self.assertRefused(self.post(self.row()), 401, "revoked_key")

    def test_an_archived_device(self):
        self.device.active = False
        self.assertRefused(self.post(self.row()), 401, "revoked_key")

    def test_a_new_key_ends_the_old_one(self):
        new = self.key_of(self.device)
        self.assertRefused(self.post(self.row()), 401, "unknown_key")
        self.assertEqual(self.statuses(self.row(), key=new), ["applied"])

    def test_what_is_no_message(self):
        for body in ("{", "[]", "{}", '{"sightings": 1}', "[" * 99_999):
            self.assertRefused(self.post(body=body), 400, "malformed")

    def test_too_many_rows(self):
        answer = self.post(*[{}] * (BATCH_LIMIT + 1))
        self.assertRefused(answer, 413, "too_many")

    def test_a_message_that_is_too_large(self):
        answer = self.post(body=" " * (BODY_LIMIT + 1))
        self.assertRefused(answer, 413, "too_large")

    def test_a_device_that_sends_without_pause_is_told_to_wait(self):
        few = patch(
            "odoo.addons.dms_vehicle.controllers.yard.buckets", TokenBuckets(1, 2)
        )
        other = self.key_of(self.new_device("Camera 8"))
        with few:
            self.statuses(self.row("b1"))
            self.statuses(self.row("b2"))
            answer = self.post(self.row("b3"))
            self.assertEqual(answer.status_code, 429)
            self.assertEqual(answer.json()["error"], "too_often")
            self.assertEqual(answer.headers["Retry-After"], "1")
            self.statuses(self.row("b3"), key=other)

    @mute_logger("odoo.http")
    def test_it_only_takes_posts(self):
        self.assertEqual(self.url_open(URL).status_code, 405)

    def test_nothing_to_report(self):
        answer = self.post()
        self.assertEqual(answer.json(), {"accepted": 0, "rejected": 0, "rows": []})

    def test_the_key_is_kept_nowhere(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(d)::text FROM dms_yard_device d WHERE id = %s",
            [self.device.id],
        )
        self.assertNotIn(self.key, self.env.cr.fetchone()[0])
        self.assertEqual(self.device.key_hint, self.key[-4:])
        manager = self.by(self.manager, self.device)
        with self.assertRaises(AccessError):
            manager.read(["key_digest"])

    def test_who_manages_devices(self):
        for role in ROLES:
            env = self.in_store(self.store_a1, role)
            devices = env["dms.yard.device"]
            self.assertEqual(devices.has_access("write"), role in MANAGE, role)
            self.assertEqual(
                devices.has_access("read"), role in MANAGE | {"auditor"}, role
            )
            if role not in MANAGE:
                with self.assertRaises(AccessError):
                    self.device.with_env(env).action_new_key()
        self.assertTrue(self.by(self.manager, self.device).action_new_key())
        self.by(self.manager, self.device).action_revoke()
        self.assertEqual(self.device.state, "revoked")

    def test_a_device_with_a_key_stays_with_its_store(self):
        with self.assertRaisesRegex(UserError, "stays with its store"):
            self.device.company_id = self.store_a2

    def test_a_device_without_key(self):
        self.assertEqual(self.new_device("New").state, "no_key")

    def test_when_many_devices_last_reported_is_one_query(self):
        self.statuses(self.row())
        devices = self.device
        for number in range(4):
            devices |= self.new_device(f"Camera {number}")
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            reported = [bool(device.last_at) for device in devices]
        self.assertEqual(reported, [True, False, False, False, False])

    def silent(self, devices, flag=True):
        return devices.search([("id", "in", devices.ids), ("is_silent", "=", flag)])

    def test_a_device_is_silent_after_a_day_without_a_report(self):
        devices = self.device | self.new_device("No Key")
        self.assertFalse(self.silent(devices), "its key was just made")
        with freeze_time(Datetime.add(Datetime.now(), days=2)):
            self.env.invalidate_all()
            self.assertEqual(self.silent(devices), self.device)
            self.assertEqual(devices.filtered("is_silent"), self.device)
            self.assertEqual(self.silent(devices, False), devices - self.device)

    def test_a_report_or_the_end_of_its_key_ends_the_silence(self):
        self.device.key_made_at = Datetime.subtract(Datetime.now(), days=2)
        self.assertTrue(self.device.is_silent)
        self.statuses(self.row())
        self.assertFalse(self.device.is_silent)
        with freeze_time(Datetime.add(Datetime.now(), days=2)):
            self.device.action_revoke()
            self.assertFalse(self.silent(self.device))

    def test_a_copy_has_no_key(self):
        self.assertEqual(self.device.copy().state, "no_key")


@tagged("post_install", "-at_install")
class TestYardMessageCost(DeviceCommon):
    def test_a_message_costs_the_same_for_few_rows_and_for_many(self):
        from ..models.yard_reception import Reception

        self.new_slots(self.site, 30, "B")
        cars = [self.new_car() for _n in range(30)]

        def take(count, prefix):
            rows = [
                self.row(f"{prefix}{n}", f"NORTH/B-{n + 1:02d}", vin=cars[n].vin)
                for n in range(count)
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Reception(self.device.sudo()).take(rows)
            return self.env.cr.sql_log_count - before

        take(1, "w")
        few, many = take(2, "f"), take(30, "m")
        self.assertLessEqual(many, few + 1)
        self.assertLessEqual(many, 20)
