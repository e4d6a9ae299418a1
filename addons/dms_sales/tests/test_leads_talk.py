from odoo.exceptions import AccessError
from odoo.tests import tagged

from .leads_common import LeadsCommon


@tagged("post_install", "-at_install")
class TestTalk(LeadsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dms.talk.script"].search([]).active = False
        cls.good, cls.fresh = cls.env["dms.talk.script"].create(
            [cls._script("good"), cls._script("fresh")]
        )
        cls.against_price = cls.env["dms.talk.script"].create(
            cls._script("price") | {"objection": "price"}
        )
        cls.lead_of_store = cls.lead(user=cls.consultant)
        cls.mine = cls.by(cls.consultant, cls.lead_of_store)

    @classmethod
    def _script(cls, name):
        return {
            "name": name,
            "stage": "first_contact",
            "body": name,
            "next_step": f"after {name}",
            "company_id": False,
        }

    def test_what_helped_stands_first(self):
        self.assertEqual(self.mine.dms_note_script(self.fresh.id, False), 100 / 3)
        self.mine.dms_note_script(self.good.id, True)
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.dms_script_ids[0], self.good)
        self.assertEqual(self.mine.dms_next_step, "after good")

    def test_what_meets_the_objection_stands_first(self):
        self.mine.dms_objection = "price"
        self.assertEqual(self.mine.dms_script_ids[0], self.against_price)

    def test_the_stage_follows_from_what_happened(self):
        self.assertEqual(self.mine._dms_talk_stage(), "first_contact")
        self.mine.action_dms_reached()
        self.assertEqual(self.mine._dms_talk_stage(), "needs")

    def test_a_second_tap_changes_the_first(self):
        self.mine.dms_note_script(self.good.id, False)
        self.mine.dms_note_script(self.good.id, True)
        self.assertEqual((self.good.used_count, self.good.helped_count), (1, 1))

    def test_one_tap_from_the_lead(self):
        scripts = self.by(self.consultant, self.good)
        scripts.with_context(dms_lead_id=self.mine.id).action_dms_helped()
        self.assertEqual(self.good.helped_count, 1)

    def test_a_consultant_writes_no_script(self):
        with self.assertRaises(AccessError):
            self.by(self.consultant, self.good).body = "other"

    def test_a_manager_writes_those_of_the_store_and_not_those_of_all(self):
        scripts = self.by(self.manager, self.env["dms.talk.script"])
        own = scripts.create(self._script("own") | {"company_id": self.store_a1.id})
        own.body = "better"
        with self.assertRaises(AccessError):
            scripts.browse(self.good.id).body = "other"
