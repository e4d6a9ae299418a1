"""What goods cost is reached by no door of who may not see it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .handover_common import HandoverCommon

UNIT = 151_000


@tagged("post_install", "-at_install")
class TestClosedCosts(HandoverCommon):
    """A car bought for 151,000, sold, invoiced and shipped by the consultant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store_a1.dms_delivery_checklist = False
        cls.store_a1.dms_certificate_required = False
        cls.consultant.group_ids += cls.env.ref("base.group_allow_export")
        [cls.car] = cls.receive(cls.store_a1, price=UNIT)
        cls.seller = cls.env["product.supplierinfo"].create(
            {
                "partner_id": cls.oem.id,
                "company_id": False,
                "product_tmpl_id": cls.white.product_tmpl_id.id,
                "price": UNIT,
                "discount": 3,
            }
        )
        order = cls.variant(vehicle=cls.car, product=cls.car.product_id)
        order.action_confirm()
        cls.deal_sold = order.dms_deal_id.sudo()
        cls.move = cls.invoice(cls.deal_sold)
        cls.shipped = cls.deal_sold.car_line_id.move_ids
        cls.shipped.picking_id.button_validate()

    def closed(self):
        """Yield pairs of a record that a consultant reads and a field that is closed"""
        names = {
            self.seller: ("price", "discount", "price_discounted"),
            self.white: ("standard_price", "avg_cost", "total_value"),
            self.white.product_tmpl_id: ("standard_price",),
            self.car.lot_id: ("standard_price", "avg_cost", "total_value"),
            self.shipped: (
                *("value", "value_manual", "price_unit", "standard_price"),
                *("remaining_value", "value_justification"),
                "value_computed_justification",
            ),
        }
        for record, fields in names.items():
            for field in fields:
                yield self.by(self.consultant, record), field

    def doors(self, record, field):
        """Yield what RPC offers to learn a field of a record."""
        is_stored = record._fields[field].store
        kind = record._fields[field].type
        yield "read", lambda: record.read([field])
        yield "web_read", lambda: record.web_read({field: {}})
        yield "export", lambda: record.export_data([field])
        yield "filter", lambda: record.search([(field, ">", 1)])
        yield "count", lambda: record.search_count([(field, "!=", 0)])
        yield "write", lambda: record.write({field: 1 if kind != "text" else "1"})
        if is_stored:
            yield "order", lambda: record.search([], order=field)
        if is_stored and kind != "text":
            sums = [f"{field}:sum"]
            yield "group", lambda: record.formatted_read_group([], [], sums)
            yield "_group", lambda: record._read_group([], [field])

    def test_no_door_leads_to_a_closed_field(self):
        for record, field in self.closed():
            self.assertNotIn(field, record.fields_get(), record._name)
            for name, door in self.doors(record, field):
                with (
                    self.subTest(model=record._name, field=field, door=name),
                    self.assertRaises(AccessError),
                ):
                    door()

    def test_reading_all_of_a_record_leaves_them_out(self):
        for record, field in self.closed():
            fields = record._fields
            plain = [
                name
                for name in record.fields_get()
                if fields[name].store and not fields[name].relational
            ]
            if not record.has_access("read"):
                continue
            [row] = record.read(plain)
            with self.subTest(model=record._name, field=field):
                self.assertNotIn(field, row)
                self.assertNotIn(UNIT, row.values())

    def test_the_name_of_a_seller_does_not_say_his_price(self):
        self.env.invalidate_all()
        self.assertIn("151", self.by(self.manager, self.seller).display_name)
        name = self.by(self.consultant, self.seller).display_name
        self.assertEqual(name, "OEM")

    def test_a_record_that_leads_there_does_not_help(self):
        order = self.by(self.consultant, self.deal_sold.order_id)
        paths = (
            "order_line.product_id.standard_price",
            "order_line.product_id.seller_ids.price",
            "order_line.move_ids.value",
            "order_line.move_ids.price_unit",
            "order_line.dms_vehicle_id.lot_id.standard_price",
        )
        for path in paths:
            with self.subTest(path=path), self.assertRaises(AccessError):
                order.search([(path, ">", 100_000)])

    def test_who_works_with_costs_sees_them(self):
        for role in ("sales_manager", "parts_clerk", "accountant", "store_manager"):
            with self.subTest(role=role):
                seen = self.by(self.user(role, self.store_a1), self.seller)
                self.assertEqual(seen.price, UNIT)
                seen = self.by(self.user(role, self.store_a1), self.shipped)
                self.assertEqual(seen.value, UNIT)

    def test_nobody_else_sees_them(self):
        for role in ("sales_consultant", "fi_officer"):
            seen = self.user(role, self.store_a1)
            with self.subTest(role=role):
                self.assertNotIn("price", self.seller.with_user(seen).fields_get())
                with self.assertRaises(AccessError):
                    self.white.with_user(seen).read(["standard_price"])

    # Books

    def cogs(self, user):
        lines = self.by(user, self.env["account.move.line"])
        return lines.search([("move_id", "=", self.move.id)]).filtered(
            lambda line: line.display_type == "cogs"
        )

    def test_the_cost_of_goods_sold_is_not_read_from_the_own_invoice(self):
        self.move.invoice_user_id = self.consultant
        self.assertTrue(self.cogs(self.accountant))
        self.assertTrue(self.cogs(self.manager))
        self.assertFalse(self.cogs(self.consultant))
        self.env.invalidate_all()
        seen = self.by(self.consultant, self.move)
        self.assertTrue(seen.line_ids)
        self.assertNotIn("cogs", seen.line_ids.mapped("display_type"))

    def test_nor_by_grouping_or_by_its_id(self):
        self.move.invoice_user_id = self.consultant
        lines = self.by(self.consultant, self.env["account.move.line"])
        groups = lines.formatted_read_group(
            [("move_id", "=", self.move.id)], ["account_id"], ["balance:sum"]
        )
        sums = [abs(group["balance:sum"]) for group in groups]
        self.assertTrue(sums)
        self.assertNotIn(UNIT, sums)
        hidden = self.by(self.consultant, self.cogs(self.accountant))
        for door in (
            lambda: hidden.read(["balance"]),
            lambda: hidden.export_data(["balance"]),
        ):
            with self.assertRaises(AccessError):
                door()

    def test_the_purchase_of_a_car_is_closed(self):
        line = self.car.purchase_line_id
        for record in (line, line.order_id):
            seen = self.by(self.consultant, record)
            for door in (
                lambda seen=seen: seen.read(["display_name"]),
                lambda seen=seen: seen.search([]),
                lambda seen=seen: seen.formatted_read_group([], [], ["__count"]),
            ):
                with self.subTest(model=record._name), self.assertRaises(AccessError):
                    door()
        with self.assertRaises(AccessError):
            self.by(self.consultant, self.car).search(
                [("purchase_line_id.price_unit", ">", 1)]
            )

    def test_values_of_stock_and_invoices_have_reports_for_others_only(self):
        for model in ("product.value", "account.invoice.report", "purchase.report"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.consultant).search([])

    # Work goes on

    def test_the_form_of_a_product_opens_without_costs(self):
        seen = self.by(self.consultant, self.white.product_tmpl_id)
        arch = seen.get_view(view_type="form")["arch"]
        for name in ("standard_price", "price_discounted"):
            self.assertNotIn(f'name="{name}"', arch)

    def test_an_order_with_two_lines_of_one_product_is_confirmed(self):
        """Odoo merges their moves, and looks at their cost to do so."""
        self.film.product_tmpl_id.write({"type": "consu", "is_storable": True})
        order = self.variant()
        for _line in range(2):
            order._dms_add_products(self.film)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_the_system_knows_a_price_for_whom_it_orders(self):
        """What has to be bought in is ordered when a consultant confirms."""
        part = self.by(self.consultant, self.white)
        self.assertEqual(part._select_seller(quantity=1).price, UNIT)
        self.assertEqual(part._prepare_sellers().partner_id, self.oem)

    def test_a_consultant_confirms_invoices_and_hands_over_as_before(self):
        self.assertEqual(self.deal_sold.state, "delivered")
        self.assertEqual(self.shipped.sudo().value, UNIT)


@tagged("post_install", "-at_install")
class TestClosedTransferPrices(HandoverCommon):
    """What a sister store takes for a car tells what it cost."""

    def test_a_consultant_does_not_see_what_sister_stores_take(self):
        consultant = self.user("sales_consultant", self.store_a1)
        lines = self.by(consultant, self.env["dms.transfer.line"])
        for name in ("price", "own_rule_price", "price_note"):
            self.assertNotIn(name, lines.fields_get())
            with self.assertRaises(AccessError):
                lines.search([(name, "!=", False)])
        requests = self.by(consultant, self.env["dms.transfer.request"])
        with self.assertRaises(AccessError):
            requests.formatted_read_group([], [], ["amount_untaxed:sum"])
        self.assertIn("price", self.by(self.manager, lines).fields_get())
