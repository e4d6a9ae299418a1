"""What a guard may see, and what others may do with passes."""

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ROLES
from odoo.addons.dms_base.tests.screens import ScreenCase

from .gate_common import GateCommon

HIDDEN = ("vehicle_id", "driver_id", "picking_id")
PRICES_AND_PEOPLE = (
    "account.move",
    "product.pricelist",
    "product.product",
    "product.template",
    "purchase.order",
    "sale.order",
    "stock.lot",
    "stock.picking",
    "stock.quant",
    "dms.certificate",
    "dms.vehicle",
    "dms.vehicle.event",
    "dms.log.entry",
    "dms.audit.entry",
)


@tagged("post_install", "-at_install")
class TestGuard(GateCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)
        self.drive = self.issue(
            self.car, driver_id=self.customer.id, driver_name="李娜"
        )
        self.seen = self.by(self.guard, self.drive)

    def test_he_is_no_dealer_staff(self):
        self.assertFalse(self.guard.share)
        self.assertFalse(self.guard.has_group("dms_base.group_dms_user"))

    def test_he_reads_what_stands_on_the_paper(self):
        names = ["name", "vin", "plate", "model_name", "driver_name", "reason", "state"]
        row = self.seen.read(names)[0]
        self.assertEqual((row["vin"], row["driver_name"]), (self.car.vin, "李娜"))

    def test_he_opens_list_form_and_log(self):
        for view in ("list", "kanban", "form", "search", "pivot"):
            arch = self.seen.get_view(view_type=view)["arch"]
            for name in HIDDEN:
                self.assertNotIn(f'name="{name}"', arch, view)
        self.assertEqual(Form(self.seen).driver_name, "李娜")
        self.seen.let_out(odometer_km=3)
        check = self.seen.check_ids
        for view in ("list", "form", "search"):
            check.get_view(view_type=view)
        self.assertEqual(Form(check).vin, self.car.vin)

    def test_the_car_the_customer_and_the_move_are_closed_to_him(self):
        for name in HIDDEN:
            with self.assertRaises(AccessError):
                self.seen.read([name])
        with self.assertRaises(AccessError):
            self.seen.search([("driver_id.phone", "like", "138")])
        with self.assertRaises(AccessError):
            self.seen.search([("vehicle_id.owner_id", "!=", False)])

    def test_neither_prices_nor_customers(self):
        for model in PRICES_AND_PEOPLE:
            with self.subTest(model=model):
                self.assertFalse(
                    self.env[model].with_user(self.guard).has_access("read")
                )
        partners = self.by(self.guard, self.env["res.partner"])
        self.assertFalse(partners.search([("id", "=", self.customer.id)]))
        with self.assertRaises(AccessError):
            self.by(self.guard, self.customer).read(["name"])

    def test_his_colleagues_and_his_store_he_knows(self):
        partners = self.by(self.guard, self.env["res.partner"])
        known = self.consultant.partner_id | self.store_a1.partner_id
        self.assertEqual(partners.search([("id", "in", known.ids)]), known)

    def test_who_has_another_role_too_is_not_held_back(self):
        self.guard.group_ids += self._role_group("sales_consultant")
        self.assertTrue(self.by(self.guard, self.customer).read(["name"]))
        self.assertTrue(self.by(self.guard, self.car).read(["vin"]))
        manager = self.user("store_manager", self.store_a1)
        self.assertTrue(self.by(manager, self.customer).read(["name"]))

    def test_he_changes_no_pass(self):
        for vals in ({"note": "x"}, {"driver_name": "x"}):
            with self.assertRaises(AccessError):
                self.seen.write(vals)
        with self.assertRaises(AccessError):
            self.seen.cancel()

    def test_he_sees_his_store_only(self):
        other = self.by(self.other_guard, self.drive)
        self.assertFalse(other.search([]))
        with self.assertRaises(AccessError):
            other.read(["vin"])

    def test_his_menu_is_the_gate(self):
        menus = self.env["ir.ui.menu"].with_user(self.guard)
        roots = menus.load_menus(False)["root"]["children"]
        mine = self.env.ref("dms_vehicle.menu_dms_guard_root")
        cars = self.env.ref("dms_vehicle.menu_dms_vehicle_root")
        self.assertIn(mine.id, roots)
        self.assertNotIn(cars.id, roots)

    def test_a_group_admin_hires_him_as_guard_and_nothing_else(self):
        admin = self.user("group_admin", self.store_a1)
        users = self.env["res.users"].with_user(admin)
        vals = {"name": "门卫", "login": "gate.new"}
        role = self._role_group("gate_guard")
        hired = users._dms_create_staff(vals, self.store_a1, role, "Secret-123")
        self.assertFalse(hired.sudo()._has_group("dms_base.group_dms_user"))
        self.assertEqual(hired.sudo().dms_role_ids, role)

    def test_a_consultant_who_becomes_guard_is_staff_no_more(self):
        admin = self.user("group_admin", self.store_a1)
        user = self.user("sales_consultant", self.store_a1)
        roles = self._role_group("gate_guard")
        vals = {"name": "x", "login": "x.guard"}
        user.with_user(admin)._dms_change_staff(vals, self.store_a1, roles)
        self.assertTrue(user._is_dms_guard_only())
        roles |= self._role_group("technician")
        user.with_user(admin)._dms_change_staff(vals, self.store_a1, roles)
        self.assertFalse(user._is_dms_guard_only())


@tagged("post_install", "-at_install")
class TestGateRoles(GateCommon):
    def test_every_role_reads_the_passes_of_its_store(self):
        one = self.issue()
        for role in ROLES:
            with self.subTest(role=role):
                seen = self.by(self.user(role, self.store_a1), one)
                self.assertEqual(seen.search([]), one)
                self.assertEqual(Form(seen).driver_name, "王芳")
                other = self.by(self.user(role, self.store_a2), one)
                self.assertFalse(other.search([]))

    def test_who_may_issue(self):
        may = {
            role
            for role in (*ROLES, "gate_guard")
            if self.by(
                self.user(role, self.store_a1), self.env["dms.gate.pass"]
            ).has_access("create")
        }
        self.assertEqual(
            may,
            {
                "sales_consultant",
                "sales_manager",
                "service_advisor",
                "workshop_manager",
                "parts_clerk",
                "store_manager",
                "group_admin",
            },
        )

    def test_nobody_deletes(self):
        for role in (*ROLES, "gate_guard"):
            passes = self.by(self.user(role, self.store_a1), self.env["dms.gate.pass"])
            self.assertFalse(passes.has_access("unlink"), role)


@tagged("post_install", "-at_install")
class TestGateOutsiders(GateCommon, HttpCase):
    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_a_customer_reaches_neither_pass_nor_check(self):
        one = self.issue()
        portal = self.env["res.users"].create(
            {
                "name": "Customer",
                "login": "gate.portal",
                "password": "gate.portal",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self.authenticate(portal.login, portal.login)
        for model, method, args in (
            ("dms.gate.pass", "read", [one.ids, ["vin"]]),
            ("dms.gate.pass", "let_out", [one.ids, 5]),
            ("dms.gate.pass", "take_back", [one.ids, 5]),
            ("dms.gate.pass", "cancel", [one.ids]),
            ("dms.gate.check", "search_read", [[]]),
        ):
            params = {"model": model, "method": method, "args": args, "kwargs": {}}
            url = f"/web/dataset/call_kw/{model}/{method}"
            answer = self.url_open(url, json={"params": params}).json()
            self.assertIn("error", answer, method)
        self.assertEqual(one.state, "issued")


@tagged("post_install", "-at_install")
class TestGateScreens(GateCommon, ScreenCase):
    """The web client of people who see as little as a guard."""

    def test_the_guard_opens_list_and_pass(self):
        one = self.issue()
        self.look_as(self.guard)
        self.assertShows("gate-passes", "td", one.vin)
        self.assertShows(f"gate-passes/{one.id}", "div[name=driver_name]", "王芳")

    def test_the_clerk_opens_the_keys_of_a_car(self):
        car = self.receive(self.store_a1)
        clerk = self.user("parts_clerk", self.store_a1)
        key = self.by(clerk, self.env["dms.key.item"])._dms_make(car, ("key1",))
        self.look_as(clerk)
        self.assertShows("keys", "td", car.vin)
        self.assertShows(f"keys/{key.id}", "button", "Take Out")
