"""Keys and plates that are not back in time: somebody of the store is told."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .key_common import KeyCommon


@tagged("post_install", "-at_install")
class TestKeyLate(KeyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.user("sales_manager", cls.store_a1)
        cls.other_boss = cls.user("sales_manager", cls.store_a2)

    def late(self, key=None, hours=2, **vals):
        due_at = fields.Datetime.now() - timedelta(hours=hours)
        return self.taken(key, due_at=due_at, **vals)

    def late_elsewhere(self):
        clerk = self.user("parts_clerk", self.store_a2)
        key = self.keys_of(self.receive(self.store_a2), ("key1",), user=clerk)
        hour_ago = fields.Datetime.now() - timedelta(hours=1)
        key.take(clerk.partner_id, due_at=hour_ago)
        return key

    def run_job(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("dms_vehicle.ir_cron_key_late").method_direct_trigger()
        self.env.invalidate_all()

    def tasks(self, keys):
        return keys.sudo().activity_ids

    def test_a_manager_of_the_store_gets_a_task(self):
        key = self.late()
        self.run_job()
        self.assertEqual(self.tasks(key).user_id, self.boss)
        self.assertIn(key.vin, self.tasks(key).summary)
        self.assertIn(self.bearer.name, self.tasks(key).summary)

    def test_one_for_each_key_and_once(self):
        keys = self.late() | self.late() | self.late(self.key(kind="plate"))
        for _n in range(2):
            self.run_job()
        self.assertEqual(len(self.tasks(keys)), 3)

    def test_he_finds_it_among_his_own(self):
        key = self.late()
        self.run_job()
        (mine,) = (
            group
            for group in self.boss.with_user(self.boss)._get_activity_groups()
            if group["model"] == "dms.key.item"
        )
        self.assertGreaterEqual(mine["total_count"], 1)
        self.assertEqual(self.by(self.boss, key).activity_ids.user_id, self.boss)

    def test_what_is_still_in_time_is_no_task(self):
        key = self.taken()
        self.run_job()
        self.assertFalse(self.tasks(key))

    def test_each_store_is_told_of_its_own(self):
        here, there = self.late(), self.late_elsewhere()
        self.run_job()
        self.assertEqual(self.tasks(here).user_id, self.boss)
        self.assertEqual(self.tasks(there).user_id, self.other_boss)

    def test_it_is_due_when_the_key_was(self):
        key = self.late(hours=72)
        self.run_job()
        day = fields.Datetime.context_timestamp(
            key.with_context(tz=self.boss.tz), key.due_at
        ).date()
        self.assertEqual(self.tasks(key).date_deadline, day)

    def test_the_task_is_in_the_language_of_who_gets_it(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["dms_vehicle"], ["zh_CN"])
        self.boss.lang = "zh_CN"
        here, there = self.late(), self.late_elsewhere()
        self.run_job()
        self.assertRegex(self.tasks(here).summary, "[\u4e00-\u9fff]")
        self.assertIn("should be back", self.tasks(there).summary)

    def test_back_it_is_asked_for_no_more(self):
        key, other = self.late(), self.late()
        self.run_job()
        key.bring_back()  # by the clerk
        self.assertFalse(self.tasks(key))
        self.assertTrue(self.tasks(other))

    def test_nor_once_it_is_lost_or_handed_over(self):
        lost, given = self.late(), self.late()
        self.run_job()
        lost.lose("Fell into the river; the manager knows.")
        given.hand_over(self.bearer)
        self.assertFalse(self.tasks(lost | given))

    def test_late_again_it_is_asked_for_again(self):
        key = self.late()
        self.run_job()
        key.bring_back()
        self.late(key)
        self.run_job()
        self.assertEqual(len(self.tasks(key)), 1)

    def test_what_people_note_on_a_key_themselves_stays(self):
        key = self.late()
        key.activity_schedule("mail.mail_activity_data_todo", summary="New battery")
        self.run_job()
        key.bring_back()
        self.assertEqual(self.tasks(key).summary, "New battery")

    def test_a_store_without_such_a_manager_asks_who_has_the_higher_role(self):
        self.boss.active = False
        self.user("store_manager", self.store_a1)
        key = self.late()
        self.run_job()
        chief = self.tasks(key).user_id
        self.assertNotEqual(chief, self.boss)
        self.assertTrue(chief.has_group("dms_base.group_dms_sales_manager"))
        self.assertIn(self.store_a1, chief.company_ids)
