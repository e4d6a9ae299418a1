"""What the desk asks the database: little, however long the sheets are."""

from odoo.tests import tagged

from .test_desk_consent import ConsentCommon

OPENING = 45
CHANGING = 60


@tagged("post_install", "-at_install")
class TestDeskQueries(ConsentCommon):
    def queries(self, function, *arguments):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function(*arguments)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def laid_out(self, accessories):
        deal = self.deal()
        for _variant in range(3):
            order = self.variant(deal=deal)
            order._dms_add_products(
                self.env["product.product"].concat(
                    *(
                        self.accessory(f"Accessory {n}", 100, 50)
                        for n in range(accessories)
                    )
                )
            )
        return deal

    def test_opening_the_desk(self):
        deal = self.laid_out(2)
        deal.dms_desk()
        self.assertLessEqual(self.queries(deal.dms_desk), OPENING)

    def test_longer_sheets_cost_no_more(self):
        short, long = self.laid_out(1), self.laid_out(8)
        for deal in (short, long):
            deal.dms_desk()
        few, many = (self.queries(deal.dms_desk) for deal in (short, long))
        self.assertLessEqual(many - few, 3)

    def test_changing_a_line(self):
        order = self.laid_out(2).variant_ids[0]
        car = order._dms_car_line()
        order.dms_desk_line(car.id, 179_000)
        cost = self.queries(order.dms_desk_line, car.id, 178_000)
        self.assertLessEqual(cost, CHANGING)
