"""Models: one product per model year and trim, colours and options as variants."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import VehicleCommon, new_vin


@tagged("post_install", "-at_install")
class TestCatalogue(VehicleCommon):
    def test_a_vehicle_is_tracked_and_valued_one_by_one(self):
        expected = [
            {
                "type": "consu",
                "is_storable": True,
                "tracking": "serial",
                "lot_valuated": True,
            }
        ]
        self.assertRecordValues(self.white.product_tmpl_id, expected)
        other = self.env["product.template"].create({"name": "Later a car"})
        other.dms_is_vehicle = True
        self.assertRecordValues(other, expected)

    def test_it_cannot_be_tracked_otherwise(self):
        for values in ({"tracking": "lot"}, {"lot_valuated": False}):
            with self.assertRaisesRegex(ValidationError, "its own cost"):
                self.white.product_tmpl_id.write(values)

    def test_the_store_manager_adds_a_model_in_its_form(self):
        manager = self.in_store(self.store_a1, "store_manager")
        view = "dms_vehicle.product_template_view_form_model"
        templates = manager["product.template"].with_context(
            default_dms_is_vehicle=True
        )
        with Form(templates, view=view) as form:
            form.name = "E5 2026 Long Range"
            form.dms_brand_id = self.brand
            form.dms_kind = "bev"
            form.categ_id = self.series
            form.list_price = 189_800
        self.assertRecordValues(
            form.record, [{"tracking": "serial", "dms_is_vehicle": True}]
        )

    def test_the_sales_manager_reads_the_catalogue_only(self):
        manager = self.in_store(self.store_a1, "sales_manager")
        with self.assertRaises(AccessError):
            manager["product.template"].create({"name": "X", "dms_is_vehicle": True})

    def test_the_model_shows_its_open_cars_and_variants(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Colour",
                "value_ids": [
                    Command.create({"name": name}) for name in ("White", "Black")
                ],
            }
        )
        template = self.white.product_tmpl_id.copy(
            {
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                ]
            }
        )
        white, black = template.product_variant_ids
        self.receive(self.store_a1, 2, product=white)
        self.announce(self.order(self.store_a1, product=black), new_vin())
        sold = self.receive(self.store_a1, product=black)
        self.sell(sold).picking_ids.button_validate()
        self.assertEqual(template.dms_open_vehicle_count, 3)
        cars = self.env["dms.vehicle"]
        domain = template.action_dms_view_vehicles()["domain"]
        self.assertEqual(cars.search_count(domain), 4)
        variants = self.env["product.product"].search(
            template.action_dms_view_variants()["domain"]
        )
        self.assertEqual(variants, white | black)

    def vat(self, store, percent):
        """Return a sales tax of the store, on top of the price."""
        vals = {
            "name": "VAT",
            "company_id": store.id,
            "country_id": store.country_id.id,
        }
        group = self.env["account.tax.group"].create(vals)
        vals |= {"amount": percent, "tax_group_id": group.id, "type_tax_use": "sale"}
        return self.env["account.tax"].create(vals)

    def test_the_msrp_is_with_the_sales_tax_of_the_store(self):
        self.white.taxes_id = self.vat(self.store_a1, 13) | self.vat(self.store_b1, 6)
        car, other = self.receive(self.store_a1), self.receive(self.store_b1)
        self.assertEqual((car | other).mapped("msrp"), [203_400, 190_800])
        here = self.white.with_company(self.store_a1)
        self.assertEqual(here.dms_msrp, 203_400)
        self.assertEqual(here.product_tmpl_id.dms_msrp, 203_400)

    def test_the_msrp_follows_a_change_of_price_or_tax(self):
        car = self.receive(self.store_a1)
        self.assertEqual(car.msrp, 180_000, "no tax known: the price as it is")
        self.white.taxes_id = self.vat(self.store_a1, 13)
        self.white.product_tmpl_id.list_price = 100_000
        car.invalidate_recordset()
        self.assertEqual(car.msrp, 113_000)

    def test_the_sales_consultant_reads_the_msrp(self):
        self.white.taxes_id = self.vat(self.store_a1, 13) | self.vat(self.store_b1, 6)
        car = self.receive(self.store_a1)
        consultant = self.in_store(self.store_a1, "sales_consultant")
        self.assertEqual(car.with_env(consultant).msrp, 203_400)

    def test_models_are_found_by_their_code(self):
        found = self.env["product.product"]._dms_by_code(["E5-W", "E5-B", "nothing"])
        self.assertEqual(found, {"E5-W": self.white, "E5-B": self.black})

    @mute_logger("odoo.sql_db")
    def test_impossible_data_is_refused(self):
        for name, value in (("dms_model_year", 26), ("dms_battery_kwh", -1)):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.white.product_tmpl_id[name] = value
                self.env.flush_all()
