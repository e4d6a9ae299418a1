"""Who may do what with the money that stands in the yard."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import FloorplanCommon


@tagged("post_install", "-at_install")
class TestFloorplanRoles(FloorplanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car = cls.receive(cls.store_a1)
        cls.contract = cls.draw(cls.car)

    def as_role(self, record, role):
        return record.with_env(self.in_store(self.store_a1, role))

    def test_costs_are_seen_by_those_who_buy_and_those_who_count(self):
        for role in (
            "sales_manager",
            "fi_officer",
            "accountant",
            "store_manager",
            "auditor",
        ):
            with self.subTest(role=role):
                self.assertGreater(self.as_role(self.car, role).dms_interest_per_day, 0)

    def test_a_consultant_sees_no_cost_of_a_car(self):
        with self.assertRaises(AccessError):
            self.as_role(self.car, "sales_consultant").read(["dms_interest"])
        self.assertNotIn(
            "dms_interest",
            self.as_role(self.car, "sales_consultant").fields_get(),
        )

    def test_an_accountant_draws_and_pays(self):
        env = self.in_store(self.store_a1, "accountant")
        car = self.receive(self.store_a1)
        wizard = env["dms.floorplan.draw"].create(
            {"vehicle_ids": car.ids, "line_id": self.line.id, "date": "2026-01-05"}
        )
        wizard.action_draw()
        self.assertEqual(car.dms_floorplan_ids.principal, 169_500)
        wizard = env["dms.floorplan.pay"].create(
            {"contract_ids": car.dms_floorplan_ids.ids, "date": "2026-02-01"}
        )
        move = env["account.move"].browse(wizard.action_propose()["res_id"])
        move.action_post()
        self.assertEqual(car.dms_floorplan_ids.state, "paid")

    def test_an_fi_officer_proposes_and_does_not_post(self):
        env = self.in_store(self.store_a1, "fi_officer")
        wizard = env["dms.floorplan.pay"].create({"contract_ids": self.contract.ids})
        move = wizard._propose()
        self.assertEqual(move.sudo().state, "draft")
        with self.assertRaises(AccessError):
            move.action_post()

    def test_who_proposes_sees_the_entry_or_is_told_who_posts_it(self):
        for role in ("fi_officer", "store_manager", "accountant"):
            with self.subTest(role=role):
                env = self.in_store(self.store_a1, role)
                contract = self.draw(self.receive(self.store_a1), 1000)
                wizard = env["dms.floorplan.pay"].create({"contract_ids": contract.ids})
                action = wizard.action_propose()
                if action.get("tag") == "display_notification":
                    self.assertIn("accountant", action["params"]["message"])
                else:
                    env[action["res_model"]].browse(action["res_id"]).read(["ref"])
                self.assertIn("draft", contract.item_ids.mapped("parent_state"))

    def test_an_accountant_books_the_interest(self):
        line = self.as_role(self.line, "accountant")
        self.assertTrue(line.action_accrue()["res_id"])

    def test_only_accountants_and_group_admins_change_terms(self):
        for role, may in (
            ("accountant", True),
            ("group_admin", True),
            ("fi_officer", False),
            ("store_manager", False),
            ("sales_manager", False),
        ):
            with self.subTest(role=role):
                line = self.as_role(self.line, role)
                self.assertEqual(line.has_access("write"), may)

    def test_nobody_writes_what_the_books_say(self):
        for role in ("accountant", "store_manager", "fi_officer"):
            for model in ("dms.floorplan.accrual", "dms.floorplan.due"):
                with self.subTest(role=role, model=model):
                    records = self.in_store(self.store_a1, role)[model]
                    for operation in ("create", "write", "unlink"):
                        self.assertFalse(records.has_access(operation))

    def test_cars_become_financed_by_drawing_only(self):
        for role in ("accountant", "store_manager", "group_admin"):
            with self.subTest(role=role):
                contract = self.as_role(self.contract, role)
                self.assertFalse(contract.has_access("create"))
                self.assertFalse(contract.has_access("unlink"))

    def test_an_accountant_notes_the_lenders_number(self):
        self.as_role(self.contract, "accountant").reference = "2026-0815"
        self.assertEqual(self.contract.reference, "2026-0815")

    def test_what_was_agreed_at_the_drawing_stays(self):
        contract = self.as_role(self.contract, "accountant")
        for vals in ({"principal": 1}, {"terms": {}}, {"maturity_date": "2030-01-01"}):
            with self.subTest(**vals), self.assertRaisesRegex(UserError, "stays"):
                contract.write(vals)

    def test_an_amount_for_a_car_of_another_store_is_not_drawn(self):
        env = self.in_store(self.store_a1, "accountant")
        foreign = self.receive(self.store_a2)
        wizard = env["dms.floorplan.draw"].create(
            {"vehicle_ids": self.receive(self.store_a1).ids, "line_id": self.line.id}
        )
        wizard.line_ids.vehicle_id = foreign
        with self.assertRaises(UserError):
            wizard.action_draw()
        self.assertFalse(foreign.dms_floorplan_ids)

    def test_a_payment_of_interest_is_its_accountants_own(self):
        mine = self.in_store(self.store_a1, "accountant")["dms.floorplan.charge"]
        wizard = mine.create({"line_id": self.line.id})
        colleague = self.env["res.users"].create(
            {
                "name": "Second accountant",
                "login": "second.accountant",
                "company_id": self.store_a1.id,
                "company_ids": [Command.set(self.store_a1.ids)],
                "group_ids": [
                    Command.set(self.env.ref("dms_base.group_dms_accountant").ids)
                ],
            }
        )
        with self.assertRaises(AccessError):
            self.by(colleague, wizard).read(["amount"])

    def test_cars_of_another_store_are_not_drawn(self):
        accountant = self.user("accountant", self.store_a1)
        accountant.company_ids += self.store_a2
        env = self.env(
            user=accountant,
            context={"allowed_company_ids": (self.store_a1 | self.store_a2).ids},
        )
        wizard = env["dms.floorplan.draw"].create(
            {
                "vehicle_ids": self.receive(self.store_a2).ids,
                "line_id": self.line.id,
            }
        )
        with self.assertRaisesRegex(UserError, f"cars of {self.store_a1.name} only"):
            wizard.action_draw()
