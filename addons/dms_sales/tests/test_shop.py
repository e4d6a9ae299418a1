from odoo import fields
from odoo.tests import tagged

from odoo.addons.dms_vehicle.routing import Position
from odoo.addons.dms_vehicle.tests.common import new_vin

from ..models.shop_product import position
from .web_common import WebCommon


@tagged("post_install", "-at_install")
class TestShop(WebCommon):
    def facts(self, place=None, product=None):
        self.env.flush_all()
        product = (product or self.white).with_user(self.visitor)
        found = product._dms_shop_facts(self.website.with_user(self.visitor), place)
        return {one["store"]: one for one in found}

    # What is shown

    def shown(self):
        website = self.website.with_user(self.visitor)
        models = self.env["product.template"].search(website._product_domain())
        return models & (self.white | self.black).product_tmpl_id

    def test_models_of_a_brand_in_the_shop_are_shown(self):
        self.assertEqual(len(self.shown()), 2)

    def test_a_brand_that_is_switched_off_is_not_shown(self):
        self.brand.is_in_shop = False
        self.assertFalse(self.shown())

    def test_without_a_store_that_sells_there_nothing_is_shown(self):
        (self.store_a1 | self.store_a2).dms_shop = False
        self.assertFalse(self.shown())

    def test_stores_of_another_dealer_group_do_not_sell_here(self):
        self.store_b1.dms_shop = True
        self.assertNotIn(self.store_b1, self.website._dms_shop_stores())

    def test_a_store_without_the_brand_does_not_sell_it(self):
        self.store_a2.dms_brand_ids = False
        self.assertEqual(self.website._dms_shop_stores(self.brand), self.store_a1)

    def test_other_products_stay_in_the_shop(self):
        template = self.film.product_tmpl_id
        self.assertTrue(template.filtered_domain(self.website._product_domain()))

    def test_no_cart_takes_a_car(self):
        self.assertFalse(self.white._is_add_to_cart_allowed())
        self.assertFalse(self.white._website_show_quick_add())
        self.assertFalse(self.white.product_tmpl_id._website_show_quick_add())

    # Where it stands

    def test_cars_in_stock_are_counted_by_store(self):
        self.receive(self.store_a1, 2)
        self.receive(self.store_a2)
        found = self.facts()
        self.assertEqual(found[self.store_a1]["in_stock"], 2)
        self.assertEqual(found[self.store_a2]["in_stock"], 1)

    def test_cars_on_their_way_tell_when_the_next_comes(self):
        order = self.order(self.store_a1, 2)
        cars = self.announce(order, new_vin(), new_vin())
        cars[0].expected_date, cars[1].expected_date = "2099-05-04", "2099-05-02"
        found = self.facts()[self.store_a1]
        self.assertEqual(found["coming"], 2)
        self.assertEqual(found["expected"], fields.Date.to_date("2099-05-02"))

    def test_a_car_that_is_sold_is_not_offered(self):
        car = self.receive(self.store_a1)
        self.sell(car)
        self.assertEqual(self.facts()[self.store_a1]["in_stock"], 0)

    def test_a_car_on_its_way_that_is_sold_is_not_offered(self):
        car = self.announce(self.order(self.store_a1), new_vin())
        self.sell(car)
        self.assertEqual(self.facts()[self.store_a1]["coming"], 0)

    def test_a_car_whose_sale_was_cancelled_is_offered_again(self):
        car = self.receive(self.store_a1)
        self.sell(car)._action_cancel()
        self.assertEqual(self.facts()[self.store_a1]["in_stock"], 1)

    def test_a_demonstrator_is_not_offered(self):
        car = self.receive(self.store_a1)
        self.env["dms.drive.car"].create(
            {"vehicle_id": car.id, "company_id": self.store_a1.id}
        )
        self.assertEqual(self.facts()[self.store_a1]["in_stock"], 0)

    def test_a_car_that_was_driven_is_not_new(self):
        self.receive(self.store_a1).odometer_km = 5_000
        self.assertEqual(self.facts()[self.store_a1]["in_stock"], 0)

    def test_no_vin_and_no_cost_are_among_the_columns(self):
        self.assertFalse({"vin", "cost"} & set(self.env["dms.web.car"]._fields))

    def test_stores_with_the_car_come_first_then_the_nearest(self):
        self.store_a1.write({"dms_latitude": 31.2, "dms_longitude": 121.5})
        self.store_a2.write({"dms_latitude": 39.9, "dms_longitude": 116.4})
        beijing = Position(39.8, 116.3)
        self.assertEqual(list(self.facts(beijing)), [self.store_a2, self.store_a1])
        self.receive(self.store_a1)
        found = self.facts(beijing)
        self.assertEqual(list(found), [self.store_a1, self.store_a2])
        self.assertLess(found[self.store_a2]["km"], 20)

    def test_a_place_that_is_none_is_no_place(self):
        self.assertIsNone(position("north", "1"))
        self.assertIsNone(position(None, None))
        self.assertIsNone(position("91", "0"))

    def test_one_query_counts_the_cars_of_all_stores(self):
        self.receive(self.store_a1, 3)
        self.env.flush_all()
        stores = self.website._dms_shop_stores()
        self.white._dms_shop_counts(stores)
        with self.assertQueryCount(1):
            self.white._dms_shop_counts(stores)

    def queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.white._dms_shop_facts(self.website)
        return self.env.cr.sql_log_count - before

    def test_more_cars_ask_no_more_of_the_database(self):
        self.receive(self.store_a1)
        self.queries()
        few = self.queries()
        self.receive(self.store_a1, 4)
        self.receive(self.store_a2, 2)
        self.assertLessEqual(self.queries(), few + 1)

    # What it costs

    def test_the_price_is_with_vat(self):
        price = self.facts()[self.store_a1]["price"]
        self.assertAlmostEqual(price, 180_000, delta=0.02)

    def test_the_loan_shows_what_it_costs_a_year_with_its_fee(self):
        self.terms.fee = 3_600
        [found] = self.white._dms_shop_finance(self.store_a1)
        self.assertEqual(found["amount"], 126_000)
        self.assertAlmostEqual(found["down"], 54_000, delta=0.02)
        self.assertGreater(float(found["annual"]), 4.8)

    def test_without_terms_there_is_no_estimate(self):
        self.assertEqual(self.white._dms_shop_finance(self.store_a2), [])

    def test_the_words_of_the_deposit_are_those_of_the_law(self):
        words = self.store_a1._dms_shop_deposit_words(self.white)
        self.assertIn("订金", words)
        self.assertIn("goes back", words)

    def test_only_known_technical_data_are_shown(self):
        self.white.product_tmpl_id.dms_range_km = 520
        specs = dict(self.white.product_tmpl_id._dms_shop_specs())
        self.assertEqual(specs["Electric Range (km)"], "520 km")
        self.assertNotIn("Axles", specs)

    def test_cars_are_compared_by_what_one_of_them_has(self):
        self.white.product_tmpl_id.dms_range_km = 520
        rows = dict((self.white | self.black)._dms_shop_compare())
        self.assertEqual(rows["Electric Range (km)"], ["520 km", ""])
        self.assertNotIn("Axles", rows)
        self.assertEqual(self.film._dms_shop_compare(), [])
