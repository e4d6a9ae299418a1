"""Who may do what with cars, and who sees which."""

import base64

from lxml import etree

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ROLES

from .common import VehicleCommon, new_vin

ENTER = {
    "sales_consultant",
    "sales_manager",
    "service_advisor",
    "workshop_manager",
    "store_manager",
    "group_admin",
    "integrator",
}
DELETE = {"store_manager", "group_admin"}
IMPORT = {"sales_manager", "store_manager", "group_admin"}
TRANSFER = {"sales_manager", "store_manager", "group_admin"}
TAKE_IN = {"sales_manager", "parts_clerk", "store_manager", "group_admin", "integrator"}


@tagged("post_install", "-at_install")
class TestAccess(VehicleCommon):
    def allowed(self, model, operation):
        return {
            role
            for role in ROLES
            if self.in_store(self.store_a1, role)[model].has_access(operation)
        }

    def test_every_role_reads_the_cars(self):
        self.assertEqual(self.allowed("dms.vehicle", "read"), set(ROLES))

    def test_who_enters_and_changes_cars(self):
        self.assertEqual(self.allowed("dms.vehicle", "create"), ENTER)
        self.assertEqual(self.allowed("dms.vehicle", "write"), ENTER)

    def test_who_deletes_cars(self):
        self.assertEqual(self.allowed("dms.vehicle", "unlink"), DELETE)

    def test_who_imports(self):
        self.assertEqual(self.allowed("dms.vehicle.import", "create"), IMPORT)
        self.assertEqual(
            self.allowed("dms.vehicle.import", "read"), IMPORT | {"auditor"}
        )

    def test_who_transfers(self):
        self.assertEqual(self.allowed("dms.vehicle.transfer", "create"), TRANSFER)

    def test_who_takes_cars_in(self):
        self.assertEqual(self.allowed("dms.vehicle.receive", "create"), TAKE_IN)

    def test_nobody_sees_the_wizard_of_another(self):
        order = self.order(self.store_a1)
        manager = self.in_store(self.store_a1, "sales_manager")
        wizard = manager["dms.vehicle.receive"].create(
            {"picking_id": order.picking_ids.id, "text": new_vin()}
        )
        clerk = self.in_store(self.store_a1, "parts_clerk")
        with self.assertRaises(AccessError):
            wizard.with_env(clerk).read(["text"])

    def test_a_store_sees_its_own_cars_only(self):
        car = self.receive(self.store_a1)
        for role in ROLES:
            other = self.in_store(self.store_a2, role)
            self.assertFalse(other["dms.vehicle"].search([("id", "=", car.id)]), role)
            with self.assertRaises(AccessError):
                car.with_env(other).read(["vin"])

    def test_nobody_moves_a_car_to_his_store_by_writing(self):
        car = self.receive(self.store_a1)
        manager = self.in_store(self.store_a2, "store_manager")
        with self.assertRaises(AccessError):
            car.with_env(manager).write({"company_id": self.store_a2.id})

    def test_who_works_in_two_stores_moves_a_car_by_a_transfer_only(self):
        car = self.receive(self.store_a1)
        with self.assertRaisesRegex(ValidationError, "ask that store for a transfer"):
            car.company_id = self.store_a2

    def test_nobody_creates_a_car_in_another_store(self):
        manager = self.in_store(self.store_a2, "store_manager")
        with self.assertRaises(AccessError):
            manager["dms.vehicle"].create(
                {"vin": new_vin(), "company_id": self.store_a1.id}
            )

    def test_an_import_of_another_store_is_hidden(self):
        manager = self.in_store(self.store_a1, "sales_manager")
        record = manager["dms.vehicle.import"].create(
            {"name": "a.csv", "file": base64.b64encode(b"vin\n")}
        )
        other = self.in_store(self.store_a2, "sales_manager")
        with self.assertRaises(AccessError):
            record.with_env(other).read(["name"])

    def test_every_role_opens_car_list_and_form(self):
        car = self.receive(self.store_a1)
        self.sell(car).picking_ids.button_validate()
        for role in ROLES:
            env = self.in_store(self.store_a1, role)
            with self.subTest(role=role):
                self.assertEqual(Form(car.with_env(env)).vin, car.vin)
                self._read_list(env, car)

    def _read_list(self, env, car):
        for view in ("list", "kanban", "pivot", "graph", "search"):
            env["dms.vehicle"].get_view(view_type=view)
        columns = etree.fromstring(
            env["dms.vehicle"].get_view(view_type="list")["arch"]
        )
        specification = {
            name: {"fields": {"display_name": {}}}
            if env["dms.vehicle"]._fields[name].type == "many2one"
            else {}
            for name in columns.xpath("//field/@name")
        }
        found = env["dms.vehicle"].web_search_read([("id", "=", car.id)], specification)
        self.assertEqual(found["length"], 1)

    def test_after_a_transfer_the_new_store_opens_the_car(self):
        car = self.receive(self.store_a1)
        wizard = car.env["dms.vehicle.transfer"].create(
            {"vehicle_ids": car.ids, "to_store_id": self.store_a2.partner_id.id}
        )
        sale = self.env["sale.order"].browse(wizard.action_transfer()["res_id"])
        sale.picking_ids.button_validate()
        purchase = sale.dms_counterpart_purchase_id
        purchase.picking_ids.with_company(self.store_a2).button_validate()
        for role in ("sales_manager", "sales_consultant", "store_manager"):
            env = self.in_store(self.store_a2, role)
            self.assertEqual(Form(car.with_env(env)).vin, car.vin)
        manager = self.in_store(self.store_a2, "sales_manager")
        action = car.with_env(manager).action_view_purchase()
        self.assertEqual(action["res_id"], purchase.id)

    def test_smart_buttons_lead_to_the_documents(self):
        car = self.receive(self.store_a1)
        sale = self.sell(car)
        sale.picking_ids.button_validate()
        order = car.purchase_line_id.order_id
        self.assertEqual(car.action_view_purchase()["res_id"], order.id)
        self.assertEqual(car.action_view_sale()["res_id"], sale.id)
        self.assertEqual(car.action_view_owner()["res_id"], self.customer.id)
        lines = self.env["stock.move.line"].search(car.action_view_moves()["domain"])
        self.assertEqual(lines.lot_id, car.lot_id)
        action = self.customer.action_dms_view_vehicles()
        self.assertEqual(action["res_id"], car.id)
        self.assertEqual(self.customer.dms_vehicle_count, 1)


@tagged("post_install", "-at_install")
class TestOutsiders(VehicleCommon, HttpCase):
    """Customers and the public see nothing of this addon."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car = cls.receive(cls.store_a1)
        cls.portal, cls.stranger = (
            cls._outsider(name, f"base.group_{name}") for name in ("portal", "user")
        )

    @classmethod
    def _outsider(cls, name, group):
        return cls.env["res.users"].create(
            {
                "name": name,
                "login": f"outsider.{name}",
                "password": f"outsider.{name}",
                "company_id": cls.store_a1.id,
                "company_ids": [Command.set(cls.store_a1.ids)],
                "group_ids": [Command.set(cls.env.ref(group).ids)],
            }
        )

    def test_they_have_no_access_to_any_model_but_owners_to_their_cars(self):
        public = self.env.ref("base.public_user")
        models = [name for name in self.env if name.startswith("dms.vehicle")]
        for user in (self.portal, self.stranger, public):
            for model in models:
                for operation in ("read", "write", "create", "unlink"):
                    asked = (user.login, model, operation)
                    self.assertEqual(
                        self.env[model].with_user(user).has_access(operation),
                        asked == (self.portal.login, "dms.vehicle", "read"),
                        asked,
                    )

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_the_quick_search_answers_only_staff(self):
        for user in (self.portal, self.stranger):
            self.authenticate(user.login, user.login)
            answer = self._find()
            self.assertIn("error", answer)
            self.assertNotIn(self.car.vin, str(answer))
        consultant = self.user("sales_consultant", self.store_a1)
        consultant.password = consultant.login
        self.authenticate(consultant.login, consultant.login)
        self.assertEqual(self._find()["result"][0]["vin"], self.car.vin)

    def _find(self):
        params = {
            "model": "dms.vehicle",
            "method": "find",
            "args": [],
            "kwargs": {"text": self.car.vin},
        }
        url = "/web/dataset/call_kw/dms.vehicle/find"
        return self.url_open(url, json={"params": params}).json()
