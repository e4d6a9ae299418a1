"""A person is a salted hash in the log, until he wants to be forgotten."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import DmsCommon

VIN, OTHER_VIN = "LZZAB1C10N0000001", "LZZAB1C10N0000002"


@tagged("post_install", "-at_install")
class TestPseudonym(DmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person, cls.other = cls.env["res.partner"].create(
            [{"name": "李娜"}, {"name": "王芳"}]
        )
        cls.pseudonyms = cls.env["dms.pseudonym"]

    def forget(self, role="store_manager"):
        user = self.user(role, self.store_a1)
        return self.person.with_user(user).action_dms_forget()

    def test_a_person_keeps_his_pseudonym(self):
        value = self.person._dms_pseudonym(VIN)
        self.assertRegex(value, r"^[0-9a-f]{64}$")
        self.assertEqual(self.person._dms_pseudonym(VIN), value)

    def test_no_two_cars_and_no_two_persons_share_one(self):
        values = {
            person._dms_pseudonym(vin)
            for person in (self.person, self.other)
            for vin in (VIN, OTHER_VIN)
        }
        self.assertEqual(len(values), 4)

    def test_many_persons_cost_two_statements(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Person {n}"} for n in range(50)]
        )
        pairs = [(partner.id, VIN) for partner in partners]
        with self.assertQueryCount(2):
            made = self.pseudonyms._values_of(pairs)
        with self.assertQueryCount(1):
            self.assertEqual(self.pseudonyms._values_of(pairs), made)

    def test_nobody_costs_nothing(self):
        with self.assertQueryCount(0):
            self.assertEqual(self.pseudonyms._values_of([]), {})

    def test_a_forgotten_person_cannot_be_found_again(self):
        value = self.person._dms_pseudonym(VIN)
        self.forget()
        self.assertFalse(self.pseudonyms.search([("partner_id", "=", self.person.id)]))
        self.assertNotEqual(self.person._dms_pseudonym(VIN), value)

    def test_others_are_not_forgotten_with_him(self):
        self.person._dms_pseudonym(VIN)
        value = self.other._dms_pseudonym(VIN)
        self.forget()
        self.assertEqual(self.other._dms_pseudonym(VIN), value)

    def test_a_deleted_person_is_forgotten(self):
        self.person._dms_pseudonym(VIN)
        self.person.unlink()
        self.assertFalse(self.pseudonyms.search([("subject", "=", VIN)]))

    def test_managers_forget_and_nobody_else(self):
        for role in ("sales_manager", "fi_officer", "auditor"):
            with self.assertRaises(AccessError):
                self.forget(role)
        for role in ("store_manager", "group_admin"):
            self.person._dms_pseudonym(VIN)
            self.forget(role)
            self.assertFalse(self.person.dms_in_log)

    def test_the_audit_knows_who_had_whom_forgotten_but_not_what(self):
        value = self.person._dms_pseudonym(VIN)
        self.forget()
        self.env.cr.precommit.run()
        entry = self.env["dms.audit.entry"].search(
            [("model", "=", "res.partner"), ("res_id", "=", self.person.id)], limit=1
        )
        self.assertEqual(entry.user_id, self.user("store_manager", self.store_a1))
        self.assertEqual(entry.action, "other")
        self.assertEqual(entry.changes, {"forgotten": [None, 1]})
        self.env.cr.execute(
            "SELECT count(*) FROM dms_audit_entry WHERE changes::text LIKE %s",
            [f"%{value}%"],
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_not_even_the_administrator_reads_a_salt(self):
        self.person._dms_pseudonym(VIN)
        row = self.pseudonyms.search([("partner_id", "=", self.person.id)])
        admin = self.env.ref("base.user_admin")
        for name in ("salt", "value"):
            with self.assertRaises(AccessError):
                row.with_user(admin).read([name])

    def test_the_form_offers_it_for_persons_in_the_log(self):
        manager = self.user("store_manager", self.store_a1)
        self.assertFalse(Form(self.person.with_user(manager)).dms_in_log)
        self.person._dms_pseudonym(VIN)
        self.person.invalidate_recordset()
        self.assertTrue(Form(self.person.with_user(manager)).dms_in_log)
