from datetime import timedelta

from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException

from .audit_common import AuditCommon

NUMBER = "360426199101010071"
FORM = {"name": {}, "dms_id_number": {}, "bank_ids": {}}


@tagged("post_install", "-at_install")
class TestAuditSeen(AuditCommon, HttpCase):
    """Who opens a person with secrets stands in the audit, once an hour."""

    def setUp(self):
        super().setUp()
        partners = self.env["res.partner"]
        self.person = partners.create({"name": "Zhang", "dms_id_number": NUMBER})
        self.other = partners.create({"name": "Li"})
        self.env.cr.flush()
        self.consultant = self.user("sales_consultant", self.store_a1)
        self.authenticate(self.consultant.login, self.consultant.login)

    def _call(self, method, *args, **kwargs):
        data = {"model": "res.partner", "method": method}
        params = data | {"args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request("/web/dataset/call_kw", params)

    def _open(self, *partners, form=None):
        ids = [partner.id for partner in partners]
        return self._call("web_read", ids, specification=form or FORM)

    def _notes(self, partner=None):
        self.env.invalidate_all()
        partner = partner or self.person
        return self.entries(action="seen", model="res.partner", res_id=partner.id)

    def test_it_is_noted_who_opened_whom_and_from_where(self):
        self._open(self.person)
        self.assertRecordValues(
            self._notes(),
            [
                {
                    "user_id": self.consultant.id,
                    "name": "Zhang",
                    "company_id": self.store_a1.id,
                    "address": "127.0.0.1",
                }
            ],
        )
        self.assertEqual(len(self._notes().session), 16)

    def test_opening_again_within_the_hour_is_not_noted(self):
        """Here the table tells: requests of tests leave nothing in memory."""
        for _time in range(3):
            self._open(self.person)
        self.assertEqual(len(self._notes()), 1)

    def test_after_an_hour_it_is_noted_again(self):
        self._open(self.person)
        self.env.cr.execute("ALTER TABLE dms_audit_entry DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE dms_audit_entry SET at = at - %s WHERE id = %s",
            [timedelta(minutes=61), self._notes().id],
        )
        self._open(self.person)
        self.assertEqual(len(self._notes()), 2)

    def test_each_user_and_each_person_counts(self):
        second = self.other
        second.dms_id_number = "11010519491231002X"
        self.env.flush_all()
        self._open(self.person)
        self._open(second)
        self.authenticate(self.officer.login, self.officer.login)
        self._open(self.person)
        self.assertEqual(self._notes().user_id, self.consultant | self.officer)
        self.assertEqual(self._notes(second).user_id, self.consultant)

    def test_a_person_without_secrets_is_not_noted(self):
        self._open(self.other)
        self.assertFalse(self._notes(self.other))

    def test_a_person_with_a_bank_account_is_noted(self):
        self.env["res.partner.bank"].create(
            {"partner_id": self.other.id, "acc_number": "6222020200112230456"}
        )
        self.env.flush_all()
        self._open(self.other)
        self.assertTrue(self._notes(self.other))

    def test_lists_are_not_noted(self):
        domain = [("id", "=", self.person.id)]
        self._call("web_search_read", domain=domain, specification=FORM)
        self._open(self.person, self.other)
        self.assertFalse(self._notes())

    def test_a_form_that_does_not_show_the_secret_is_not_noted(self):
        self._open(self.person, form={"name": {}, "phone": {}})
        self.assertFalse(self._notes())

    def test_who_may_not_read_the_person_has_not_seen_him(self):
        self.person.company_id = self.store_b1
        self.env.flush_all()
        with self.assertRaises(JsonRpcException):
            self._open(self.person)
        self.assertFalse(self._notes())

    def test_programs_of_the_server_see_nobody(self):
        self.person.web_read(FORM)
        self.assertFalse(self._notes())

    def test_the_report_on_a_person_shows_it(self):
        self._open(self.person)
        report = self.env["dms.audit.report"].create({"partner_ids": self.person.ids})
        self.assertIn(self._notes(), self.audit.search(report._domain()))

    def test_the_first_opening_costs_a_look_and_an_insert(self):
        audit = self.audit.with_user(self.consultant)
        person = self.person.with_user(self.consultant)
        person.web_read(FORM | {"company_id": {}})
        with self.assertQueryCount(2):
            audit._note_seen(person)
            self.env.cr.flush()

    def test_the_second_opening_costs_no_query(self):
        audit = self.audit.with_user(self.consultant)
        audit._note_seen(self.person)
        self.env.cr.postcommit.run()
        with self.assertQueryCount(0):
            audit._note_seen(self.person)

    def test_what_was_rolled_back_is_noted_the_next_time(self):
        audit = self.audit.with_user(self.consultant)
        audit._note_seen(self.person)
        self.env.cr.precommit.clear()
        self.env.cr.postcommit.clear()
        self._open(self.person)
        self.assertEqual(len(self._notes()), 1)
