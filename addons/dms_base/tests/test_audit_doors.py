from io import BytesIO

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .audit_common import AuditCommon

PASSWORD = "officer-password"
NUMBER = "360426199101010071"


@tagged("post_install", "-at_install")
class TestAuditDoors(AuditCommon, HttpCase):
    """Logins, requests and the workbook, over HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer.password = PASSWORD
        cls.partner = cls.env["res.partner"].create(
            {"name": "Zhang", "dms_id_number": NUMBER}
        )
        cls.env.cr.flush()

    def _log_in(self, login, password):
        self.authenticate(None, None)
        page = self.url_open("/web/login")
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        data = {"login": login, "password": password, "csrf_token": token}
        return self.url_open("/web/login", data=data)

    def test_a_login(self):
        self._log_in(self.officer.login, PASSWORD)
        entry = self.last(action="login")
        self.assertEqual(entry.user_id, self.officer)
        self.assertEqual(entry.address, "127.0.0.1")
        self.assertEqual(len(entry.session), 16)

    @mute_logger("odoo.addons.base.models.res_users", "odoo.addons.auth_totp.models")
    def test_a_failed_login_of_a_user(self):
        self._log_in(self.officer.login, "wrong")
        entry = self.last(action="login_failed")
        self.assertEqual(entry.res_id, self.officer.id)
        self.assertEqual(entry.address, "127.0.0.1")
        self.assertNotIn("wrong", str(entry.changes))

    @mute_logger("odoo.addons.base.models.res_users")
    def test_a_failed_login_of_nobody(self):
        self._log_in("nobody", "wrong")
        entry = self.last(action="login_failed")
        self.assertFalse(entry.res_id)
        self.assertEqual(entry.changes, {"login": [None, "nobody"]})

    def test_a_request_with_an_api_key(self):
        program = self.user("integrator", self.store_a1)
        program.group_ids += self.env.ref("base.group_partner_manager")
        key = self.api_key(program)
        for phone in ("1", "2"):
            self.url_open(
                "/json/2/res.partner/write",
                headers={"Authorization": f"bearer {key}"},
                json={"ids": self.partner.ids, "vals": {"phone": phone}},
            )
        entries = self.entries(user_id=program.id, model="res.partner")
        self.assertEqual(len(entries), 2)
        self.assertEqual(len(set(entries.mapped("session"))), 1)
        self.assertTrue(entries[0].session)

    # Who saw this person

    def _report(self, **vals):
        return self.env["dms.audit.report"].with_user(self.auditor).create(vals)

    def test_who_saw_a_person(self):
        self.partner.with_user(self.officer).dms_reveal("dms_id_number")
        bank = (
            self.env["res.partner.bank"]
            .with_user(self.officer)
            .create(
                {"partner_id": self.partner.id, "acc_number": "6222020200112230456"}
            )
        )
        self.env.cr.flush()
        report = self._report(partner_ids=self.partner.ids)
        found = self.audit.with_user(self.auditor).search(
            report.action_show()["domain"]
        )
        self.assertIn("reveal", found.mapped("action"))
        self.assertIn(
            bank.id, found.filtered(lambda e: e.model != "res.partner").mapped("res_id")
        )

    def test_the_search_box_takes_a_person(self):
        self.partner.with_user(self.officer).dms_reveal("dms_id_number")
        self.env.cr.flush()
        audit = self.audit.with_user(self.auditor)
        found = audit.search([("partner_id", "in", self.partner.ids)])
        self.assertIn("reveal", found.mapped("action"))

    def test_the_workbook_holds_all_rows(self):
        self.partner.with_user(self.officer).write({"phone": "1", "city": "=Suzhou"})
        self.env.cr.flush()
        report = self._report(partner_ids=self.partner.ids)
        report.env.cr.flush()
        self.authenticate(self.auditor.login, self.auditor.login)
        response = self.url_open(report.action_export()["url"])
        rows = list(load_workbook(BytesIO(response.content)).active.values)
        self.assertIn("Old", rows[0])
        self.assertEqual({row[8] for row in rows} & {"1", "=Suzhou"}, {"1", "=Suzhou"})
        self.assertFalse([row for row in rows if NUMBER in str(row)])
        self.assertEqual(self.last(action="export").model, "dms.audit.entry")

    @mute_logger("odoo.http")
    def test_the_workbook_is_for_whoever_asked(self):
        report = self._report()
        other = self.user("auditor", self.store_b1)
        for user in (other, self.officer):
            self.authenticate(user.login, user.login)
            response = self.url_open(report.action_export()["url"])
            self.assertEqual(response.status_code, 403)

    def test_the_wizard_opens_for_auditors_only(self):
        with Form(self.env["dms.audit.report"].with_user(self.auditor)) as form:
            form.action = "reveal"
        with self.assertRaises(AccessError):
            self.env["dms.audit.report"].with_user(self.officer).create({})
