from xmlrpc.client import Fault

from odoo.exceptions import AccessDenied
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import DmsCommon

PASSWORD = "integrator-password"


@tagged("post_install", "-at_install")
class TestIntegrator(DmsCommon, HttpCase):
    """An integrator is a program: API keys work, passwords do not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.integrator = cls.user("integrator", cls.store_a1)
        cls.integrator.password = PASSWORD
        cls.consultant = cls.user("sales_consultant", cls.store_a1)
        cls.consultant.password = PASSWORD
        cls.key = cls.api_key(cls.integrator)

    def _credential(self, password=PASSWORD):
        return {
            "type": "password",
            "login": self.integrator.login,
            "password": password,
        }

    def _log_in(self, user):
        page = self.url_open("/web/login")
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        data = {"login": user.login, "password": PASSWORD, "csrf_token": token}
        return self.url_open("/web/login", data=data)

    @mute_logger("odoo.addons.base.models.res_users")
    def test_the_web_client_refuses_the_password(self):
        with self.assertRaises(AccessDenied):
            self.env["res.users"].authenticate(
                self._credential(), {"interactive": True}
            )
        self.authenticate(None, None)
        self.assertIn("/web/login", self._log_in(self.integrator).url)

    def test_the_web_client_takes_the_password_of_staff(self):
        self.authenticate(None, None)
        self.assertIn("/odoo", self._log_in(self.consultant).url)

    def test_a_session_opened_before_is_closed(self):
        self.authenticate(self.consultant.login, PASSWORD)
        self.assertNotIn("/web/login", self.url_open("/odoo").url)
        self.consultant.group_ids += self._role_group("integrator")
        self.env.flush_all()
        self.assertIn("/web/login", self.url_open("/odoo").url)

    @mute_logger("odoo.addons.base.models.res_users")
    def test_rpc_refuses_the_password(self):
        with self.assertRaises(AccessDenied):
            self.env["res.users"].authenticate(
                self._credential(), {"interactive": False}
            )

    @mute_logger("odoo.addons.rpc.controllers.xmlrpc")
    def test_xmlrpc_takes_the_key(self):
        database = self.env.cr.dbname
        uid = self.xmlrpc_common.authenticate(
            database, self.integrator.login, self.key, {}
        )
        self.assertEqual(uid, self.integrator.id)
        groups = self.xmlrpc_object.execute_kw(
            database, uid, self.key, "dms.group", "search_read", [[], ["code"]]
        )
        self.assertEqual([group["code"] for group in groups], ["TA"])

    @mute_logger("odoo.addons.rpc.controllers.xmlrpc", "odoo.http")
    @mute_logger("odoo.addons.base.models.res_users")
    def test_xmlrpc_refuses_the_password(self):
        with self.assertRaises(Fault):
            self.xmlrpc_object.execute_kw(
                self.env.cr.dbname,
                self.integrator.id,
                PASSWORD,
                "dms.group",
                "search_read",
                [[]],
            )

    def test_json2_takes_the_key(self):
        response = self._json2(self.key)
        self.assertEqual(response.status_code, 200)
        self.assertEqual([group["code"] for group in response.json()], ["TA"])

    @mute_logger("odoo.http")
    def test_json2_refuses_the_password(self):
        self.assertEqual(self._json2(PASSWORD).status_code, 401)

    def _json2(self, key):
        return self.url_open(
            "/json/2/dms.group/search_read",
            headers={"Authorization": f"bearer {key}"},
            json={"domain": [], "fields": ["code"]},
        )

    def test_the_key_lasts_a_year(self):
        keys = self.env["res.users.apikeys"].search(
            [("user_id", "=", self.integrator.id)]
        )
        self.assertEqual(len(keys), 1)
        self.assertEqual((keys.expiration_date - keys.create_date).days, 365)
