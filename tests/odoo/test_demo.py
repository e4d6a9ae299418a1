"""The demo in miniature: the same day makes the same story, and its books balance."""

import io
import re
from contextlib import contextmanager
from datetime import date

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.dms_base.fields import unmask

from demo import make
from demo.clock import frozen
from demo.scope import Scope

SCOPE = Scope(date(2026, 1, 10), months=2, size=1, codes=("SH01", "HZ01"))


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        savepoint = cls.env.cr.savepoint()
        cls._make()
        cls.first_story = cls._story()
        savepoint.rollback()
        savepoint.close(rollback=False)
        cls.env.invalidate_all()
        cls.registry.clear_all_caches()
        cls.world = cls._make()
        cls.cars = cls._find("dms.vehicle")
        cls.moves = cls._find("account.move")

    @classmethod
    def _make(cls):
        @contextmanager
        def transaction():
            yield cls.env

        with frozen(SCOPE.start) as clock:
            world = make.begin(cls.env, SCOPE, clock)
            for shops in make.parts(world):
                make.tell_history(world, shops, transaction, lambda *_month: None)
            make.finish(world, cls.env)
        cls.env.cr._now = None
        return world

    @classmethod
    def _find(cls, model):
        return cls.env[model].search([("company_id.dms_group_id.code", "=", "XINGCHA")])

    @classmethod
    def _story(cls):
        """:return: what must not differ from one making to the next"""
        cars = cls._find("dms.vehicle").sorted("vin")
        moves = cls._find("account.move")
        return (
            [
                (car.vin, car.state, car.owner_id.name, car.received_date)
                for car in cars
            ],
            sorted((move.date, move.amount_total) for move in moves),
        )

    def test_same_day_makes_same_story(self):
        self.assertEqual(self.first_story, self._story())

    def test_cars_are_in_all_places(self):
        self.assertLessEqual(
            {"in_stock", "delivered", "external"}, set(self.cars.mapped("state"))
        )
        self.assertTrue(self.cars.purchase_line_id)
        self.assertEqual(self.cars.company_id, self.world.companies)

    def test_no_document_lies_in_the_future(self):
        self.assertLess(max(self.moves.mapped("date")), SCOPE.today)
        received = self.cars.filtered("received_date").mapped("received_date")
        self.assertLess(max(received), SCOPE.today)

    def test_lenders_pay_and_are_paid_back(self):
        contracts = self._find("dms.floorplan.contract")
        self.assertTrue(contracts)
        self.assertEqual(contracts.vehicle_id, contracts.vehicle_id & self.cars)
        for line in contracts.line_id:
            self.assertGreaterEqual(line.available, 0)

    def test_transport_is_part_of_what_a_car_costs(self):
        costs = self.env["stock.landed.cost"].search(
            [("company_id", "in", self.world.companies.ids)]
        )
        self.assertTrue(costs)
        self.assertEqual(set(costs.mapped("state")), {"done"})
        carried = sum(self.cars.mapped("dms_landed_cost"))
        self.assertAlmostEqual(carried, sum(costs.mapped("amount_total")))
        made_ready = costs.filtered("dms_reconditioning_id")
        self.assertTrue(made_ready)
        moved = costs - made_ready
        billed = moved.vendor_bill_id.mapped("amount_untaxed")
        self.assertAlmostEqual(sum(moved.mapped("amount_total")), sum(billed))

    def test_entries_balance(self):
        for move in self.moves.filtered(lambda move: move.state == "posted"):
            self.assertAlmostEqual(sum(move.line_ids.mapped("balance")), 0)

    def test_invoices_take_the_cost_of_the_very_car(self):
        for line in self.cars.sale_line_ids.filtered("qty_invoiced"):
            invoice = line.invoice_lines.move_id
            goods = invoice.line_ids.filtered(
                lambda entry: entry.display_type == "cogs" and entry.debit
            )
            cars = invoice.line_ids.sale_line_ids.dms_vehicle_id
            # a car that was given to another store costs that store something else
            lots = cars.lot_id.with_company(line.company_id)
            costs = lots.mapped("standard_price")
            self.assertAlmostEqual(sum(goods.mapped("debit")), sum(costs))

    def test_certificates_lie_where_they_do_in_life(self):
        papers = self._find("dms.certificate")
        states = {"in_transit", "pledged", "release_requested", "released", "free"}
        self.assertLessEqual(states, set(papers.mapped("state")))
        for handover in papers.handover_ids.filtered("decided_by_id"):
            self.assertNotEqual(handover.asked_by_id, handover.decided_by_id)

    def test_the_bank_of_the_demo_sees_what_is_pledged_to_it(self):
        banker = self.env["res.users"].search([("login", "=", "bank")])
        mine = self.env["dms.certificate"].with_user(banker).search([])
        self.assertEqual(mine.lender_id, banker.partner_id.commercial_partner_id)

    def test_cars_on_show_have_a_passport_that_opens(self):
        passports = self._find("dms.vehicle.passport")
        self.assertEqual(set(passports.mapped("state")), {"active", "revoked"})
        shown = passports.filtered(lambda passport: passport.state == "active")
        self.assertTrue(all(shown.mapped("is_valid")))
        self.assertNotIn(True, [bool(car.owner_id) for car in shown.vehicle_id])

    def test_each_store_has_documents_to_look_at_and_documents_that_lack(self):
        documents = self._find("dms.deal.document").grouped("company_id")
        self.assertEqual(set(documents), set(self.world.companies))
        for mine in documents.values():
            self.assertLessEqual({"asked", "uploaded"}, set(mine.mapped("state")))

    def test_a_customer_of_the_demo_sees_his_purchase(self):
        user = self.env["res.users"].search([("login", "=", "customer")])
        deals = self.env["dms.deal"].with_user(user)._dms_mine()
        self.assertEqual(deals.partner_id, user.partner_id)
        self.assertTrue(deals._dms_tasks())

    def test_the_website_names_the_group_and_no_example(self):
        site = self.env.ref("website.default_website")
        self.assertEqual(site.name, "星槎汽车")
        for lang in ("zh_CN", "en_US"):
            here = site.with_context(website_id=site.id, lang=lang)
            for key in ("website.footer_custom", "website.header_text_element"):
                with self.subTest(lang=lang, view=key):
                    arch = here.viewref(key).arch
                    self.assertIn("400-000-0000", arch)
                    self.assertNotIn("555-5556", arch)

    def test_people_come_by_every_door_and_some_order(self):
        leads = (
            self._find("crm.lead")
            .with_context(active_test=False)
            .search([("company_id", "in", self.world.companies.ids)])
        )
        doors = {"walk_in", "wechat", "web", "phone", "adf"}
        self.assertLessEqual(doors, set(leads.mapped("dms_channel")))
        self.assertLessEqual(
            {"won", "lost", "pending"}, set(leads.mapped("won_status"))
        )
        self.assertEqual(leads.company_id, self.world.companies)
        won = leads.filtered(lambda lead: lead.won_status == "won")
        self.assertTrue(won)
        for lead in won:
            self.assertEqual(lead.dms_deal_ids.partner_id, lead.partner_id)
        lost = leads.filtered(lambda lead: lead.won_status == "lost")
        self.assertTrue(all(lost.mapped("lost_reason_id")))

    def test_some_are_answered_in_time_and_some_late(self):
        leads = self._find("crm.lead")
        answered = leads.filtered("dms_answered_at")
        late = answered.filtered(lambda lead: lead.dms_answered_at > lead.dms_due_at)
        self.assertTrue(late and answered - late)

    def test_open_leads_have_scores_with_reasons(self):
        pending = self._find("crm.lead").filtered_domain(
            [("won_status", "=", "pending")]
        )
        self.assertTrue(all(pending.mapped("dms_score_band")))
        self.assertGreater(len(pending.filtered("dms_score_reasons")), len(pending) / 2)
        self.assertGreater(len(set(pending.mapped("dms_score"))), 3)

    def test_most_cars_in_stock_stand_in_a_slot(self):
        here = self.cars.filtered(lambda car: car.state == "in_stock")
        parked = here.filtered("yard_slot_id")
        self.assertGreater(2 * len(parked), len(here))
        self.assertEqual(set(parked.yard_site_id.mapped("code")), {"SHOW", "YARD"})

    def test_database_shows_no_number_of_a_customer(self):
        """What ``pg_dump`` would write of every table holds none of the secrets."""
        numbers = self._secrets()
        self.assertGreater(len(numbers), 10)
        found = set()
        for table in self._tables():
            found |= numbers.intersection(re.findall(r"\d{17,}X?", self._dump(table)))
        self.assertFalse(found)

    def test_search_for_a_number_reads_what_is_in_plain(self):
        partner = self.env["res.partner"].search([("dms_id_number", "!=", False)])[:1]
        number = unmask(partner.dms_id_number, self.env)
        partner.comment = f"card {number}"
        self.assertIn(number, self._dump("res_partner"))

    def _secrets(self):
        """:return: all numbers of identity cards and accounts, as typed"""
        cards = self.env["res.partner"].search([("dms_id_number", "!=", False)])
        banks = self.env["res.partner.bank"].search([])
        shown = [*cards.mapped("dms_id_number"), *banks.mapped("acc_number")]
        return {unmask(value, self.env) for value in shown}

    def _tables(self):
        query = SQL("SELECT tablename FROM pg_tables WHERE schemaname = current_schema")
        return [name for (name,) in self.env.execute_query(query)]

    def _dump(self, table):
        self.env.flush_all()
        text = io.StringIO()
        self.env.cr._obj.copy_expert(f'COPY "{table}" TO STDOUT', text)
        return text.getvalue()
