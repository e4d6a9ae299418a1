from odoo.tests import tagged

from .desk_common import DeskCommon


@tagged("post_install", "-at_install")
class TestDeskFleet(DeskCommon):
    """One order may sell several cars; each of them is a deal."""

    def fleet(self, *lines, **values):
        env = self.by(self.consultant, self.env["sale.order"])
        return env.create(
            {
                "partner_id": self.customer.id,
                "order_line": [(0, 0, line) for line in lines],
                **values,
            }
        )

    def line(self, product, price=150_000, quantity=1, car=None):
        return {
            "product_id": product.id,
            "price_unit": price,
            "product_uom_qty": quantity,
            "dms_vehicle_id": car and car.id,
        }

    def test_each_car_of_an_order_is_a_deal(self):
        cars = self.receive(self.store_a1, 2)
        order = self.fleet(*(self.line(self.white, car=car) for car in cars))
        order.action_confirm()
        deals = order.order_line.dms_deal_id
        self.assertEqual(deals.vehicle_id, cars)
        self.assertEqual(deals.order_id, order)
        self.assertEqual(set(deals.mapped("state")), {"ordered"})
        self.assertEqual(deals.mapped("amount_total"), [169_500, 169_500])

    def test_a_line_of_three_cars_becomes_three(self):
        order = self.fleet(self.line(self.white, quantity=3))
        order.action_confirm()
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [1, 1, 1])
        self.assertEqual(order.order_line.mapped("price_unit"), [150_000] * 3)
        self.assertEqual(len(order.order_line.dms_deal_id), 3)

    def test_what_is_sold_beside_counts_once(self):
        order = self.fleet(
            self.line(self.white), self.line(self.black), self.line(self.film, 2_000)
        )
        order.action_confirm()
        deals = self.by(self.manager, order.order_line.dms_deal_id)
        self.assertEqual(sum(deals.mapped("amount_total")), order.amount_total)
        self.assertEqual(sorted(deals.mapped("gross_total")), [10_000, 11_000])

    def test_each_deal_is_delivered_by_its_own_car(self):
        cars = self.receive(self.store_a1, 2)
        order = self.fleet(*(self.line(self.white, car=car) for car in cars))
        order.action_confirm()
        move = order.sudo().picking_ids.move_ids.filtered(
            lambda move: move.sale_line_id == order.order_line[0]
        )
        (order.sudo().picking_ids.move_ids - move).quantity = 0
        order.sudo().picking_ids.with_context(skip_backorder=True).button_validate()
        states = order.order_line.dms_deal_id.mapped("state")
        self.assertEqual(states, ["delivered", "ordered"])

    def test_a_cancelled_fleet_order_ends_its_deals(self):
        order = self.fleet(self.line(self.white, quantity=2))
        order.action_confirm()
        order._action_cancel()
        states = set(order.order_line.dms_deal_id.mapped("state"))
        self.assertEqual(states, {"cancelled"})

    def test_a_variant_with_a_second_car_makes_a_second_deal(self):
        deal = self.deal()
        order = self.variant(deal=deal)
        self.env["sale.order.line"].create(
            {"order_id": order.id, **self.line(self.black)}
        )
        order.action_confirm()
        cars = order.order_line._dms_cars()
        self.assertEqual(cars[0].dms_deal_id, deal)
        self.assertEqual(len(cars.dms_deal_id), 2)

    def test_a_sale_to_a_sister_store_stays_one_line(self):
        order = self.fleet(
            self.line(self.white, quantity=2),
            partner_id=self.store_a2.partner_id.id,
        )
        order.sudo().action_confirm()
        self.assertEqual(len(order.order_line), 1)
        self.assertFalse(order.order_line.dms_deal_id)
