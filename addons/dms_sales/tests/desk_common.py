from .common import SalesCommon


class DeskCommon(SalesCommon):
    """A desk with a model, an accessory with its fitting, and terms of a lender."""

    with_chart = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vat = cls.chart_tax(cls.store_a1)
        models = (cls.white | cls.black).product_tmpl_id
        models.taxes_id = cls.vat
        models.list_price = 180_000 / 1.13
        models.with_company(cls.store_a1).standard_price = 140_000
        cls.fitting = cls.accessory("Fitting of film", 300, 200, type="service")
        cls.film = cls.accessory("Film", 3_000, 1_000, dms_fitting_id=cls.fitting.id)
        cls.lender = cls.env["res.partner"].create({"name": "Bank"})
        cls.terms = cls.loan_terms()

    @classmethod
    def chart_tax(cls, store, percent=13):
        return cls.env["account.tax"].search(
            [
                ("company_id", "=", store.id),
                ("type_tax_use", "=", "sale"),
                ("amount", "=", percent),
                ("amount_type", "=", "percent"),
            ],
            limit=1,
        )

    @classmethod
    def accessory(cls, name, price, cost, **values):
        """Return an accessory; the price is with VAT, the cost without."""
        template = cls.env["product.template"].create(
            {
                "name": name,
                "list_price": price / 1.13,
                "taxes_id": [(6, 0, cls.vat.ids)],
                "invoice_policy": "order",
                "dms_block": "accessories",
                **values,
            }
        )
        template.with_company(cls.store_a1).standard_price = cost
        return template.product_variant_id

    @classmethod
    def loan_terms(cls, **values):
        return cls.env["dms.loan.terms"].create(
            {
                "name": "36 months",
                "company_id": cls.store_a1.id,
                "lender_id": cls.lender.id,
                "months": 36,
                "percent": 4.8,
                "max_percent": 80,
                "commission_percent": 2,
                **values,
            }
        )

    @classmethod
    def product(cls, name):
        """Return a product of the desk's data: "purchase_tax", "store_discount"…"""
        return cls.env.ref(f"dms_sales.product_{name}").product_variant_id

    @classmethod
    def variant(cls, product=None, vehicle=None, deal=None, user=None):
        """Return a variant that a consultant has laid on the desk."""
        deal = deal or cls.deal(user=user)
        desk = deal.dms_desk_new((product or cls.white).id, vehicle and vehicle.id)
        return deal.variant_ids.browse(desk["variants"][-1]["id"])
