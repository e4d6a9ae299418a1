import json

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_encrypted import MASK, NUMBER, OTHER, EncryptedCommon


@tagged("post_install", "-at_install")
class TestEncryptedDoors(EncryptedCommon, HttpCase):
    """Whichever way one asks from outside, the mask comes out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.user("integrator", cls.store_a1)
        cls.program.group_ids += cls.env.ref("base.group_partner_manager")
        cls.key = cls.api_key(cls.program)

    def _xmlrpc(self, method, *args, **options):
        return self.xmlrpc_object.execute_kw(
            self.env.cr.dbname,
            self.program.id,
            self.key,
            "res.partner",
            method,
            args,
            options,
        )

    def _json2(self, method, **arguments):
        response = self.url_open(
            f"/json/2/res.partner/{method}",
            headers={"Authorization": f"bearer {self.key}"},
            json=arguments,
        )
        return response.status_code, response.json()

    def _web(self, method, *args, **options):
        data = {"model": "res.partner", "method": method, "args": args}
        params = data | {"kwargs": options}
        answer = self.make_jsonrpc_request(f"/web/dataset/call_kw/{method}", params)
        return answer

    @mute_logger("odoo.addons.rpc.controllers.xmlrpc")
    def test_xmlrpc(self):
        domain = [("dms_id_number", "=", NUMBER)]
        rows = self._xmlrpc("search_read", domain, ["dms_id_number"])
        self.assertEqual(rows, [{"id": self.partner.id, "dms_id_number": MASK}])
        self._xmlrpc("write", [self.partner.id], {"dms_id_number": OTHER})
        self.assertEqual(self.secret(), OTHER)

    def test_json2(self):
        domain = [["dms_id_number", "=", NUMBER]]
        found = self._json2("search_read", domain=domain, fields=["dms_id_number"])
        self.assertEqual(found[1], [{"id": self.partner.id, "dms_id_number": MASK}])

    @mute_logger("odoo.http")
    def test_json2_reveals_only_with_the_right(self):
        ask = {"ids": self.partner.ids, "field_name": "dms_id_number"}
        self.assertEqual(self._json2("dms_reveal", **ask)[0], 403)
        self.program.group_ids += self.env.ref("dms_base.group_dms_reveal")
        self.assertEqual(self._json2("dms_reveal", **ask), (200, NUMBER))

    @mute_logger("odoo.http")
    def test_json2_reaches_no_private_door(self):
        ask = {"ids": self.partner.ids, "field_name": "dms_id_number"}
        self.assertGreaterEqual(self._json2("_dms_unsealed", **ask)[0], 400)

    def test_the_web_client(self):
        self.authenticate(self.consultant.login, self.consultant.login)
        (row,) = self._web("web_read", self.partner.ids, specification=self._spec())
        self.assertEqual(row["dms_id_number"], MASK)
        values = {"name": "Renamed", "dms_id_number": MASK}
        (row,) = self._web(
            "web_save", self.partner.ids, values, specification=self._spec()
        )
        self.assertEqual(row["dms_id_number"], MASK)
        self.env.invalidate_all()
        self.assertEqual((self.partner.name, self.secret()), ("Renamed", NUMBER))

    def _spec(self):
        return {"dms_id_number": {}}

    def test_an_onchange_sends_back_no_secret(self):
        self.authenticate(self.consultant.login, self.consultant.login)
        spec = {"name": {}, "dms_id_number": {}, "phone": {}}
        values = {"name": "Zhang", "dms_id_number": OTHER, "phone": "139"}
        answer = self._web(
            "onchange", self.partner.ids, values, ["phone"], fields_spec=spec
        )
        self.assertNotIn(OTHER, json.dumps(answer))

    def test_export_files(self):
        for user, shown in ((self.consultant, MASK), (self.officer, NUMBER)):
            self.authenticate(user.login, user.login)
            self.assertIn(shown, self._csv())

    def _csv(self):
        data = {
            "model": "res.partner",
            "fields": [{"name": "dms_id_number", "label": "ID number"}],
            "ids": self.partner.ids,
            "domain": [],
            "import_compat": False,
        }
        form = {"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}
        return self.url_open("/web/export/csv", data=form).text

    def test_a_refused_number_is_not_repeated(self):
        self.authenticate(self.consultant.login, self.consultant.login)
        wrong = NUMBER[:-1] + "2"
        with self.assertLogs("odoo", "INFO") as caught, self.assertRaises(Exception):  # noqa: B017
            self._web("web_save", self.partner.ids, {"dms_id_number": wrong}, {})
        self.assertFalse([line for line in caught.output if wrong in line])
