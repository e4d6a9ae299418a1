"""What the journeys of one car share: two stores, a model, their people."""

from odoo.addons.dms_base.tests.common import DmsCommon


def balances(env, store):
    """Return the balance per account code, posted entries of one store."""
    groups = env["account.move.line"]._read_group(
        [("company_id", "=", store.id), ("parent_state", "=", "posted")],
        ["account_id"],
        ["balance:sum"],
    )
    totals = {}
    for account, balance in groups:
        code = account.with_company(store).code[:4]
        totals[code] = round(totals.get(code, 0.0) + balance, 2)
    return totals


class OneCar(DmsCommon):
    with_chart = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stores.dms_pdi_required = False
        cls.oem = cls.env["res.partner"].create({"name": "云雀汽车制造有限公司"})
        cls.customer = cls.env["res.partner"].create({"name": "李娜"})
        cls.model = cls._create_model()
        cls.books_before = {
            store: cls._balances(store) for store in (cls.store_a1, cls.store_a2)
        }

    @classmethod
    def _create_model(cls):
        series = cls.env["product.category"].create(
            {
                "name": "E5",
                "parent_id": cls.env.ref("dms_vehicle.product_category_vehicles").id,
            }
        )
        template = cls.env["product.template"].create(
            {
                "name": "云雀 E5 2026 款 长续航版",
                "categ_id": series.id,
                "dms_is_vehicle": True,
                "dms_brand_id": cls.brand.id,
                "dms_kind": "bev",
                "dms_model_year": 2026,
                "default_code": "YQ-E5-26-L",
                "list_price": 172_800,
            }
        )
        return template.product_variant_id

    @classmethod
    def _balances(cls, store):
        return balances(cls.env, store)

    def _booked(self, store):
        before, after = self.books_before[store], self._balances(store)
        moved = {code: round(after[code] - before.get(code, 0), 2) for code in after}
        return {code: amount for code, amount in moved.items() if amount}

    def _as(self, role, store):
        """The environment of a role in his store, in Chinese."""
        user = self.user(role, store)
        user.lang = "zh_CN"
        return self.env(
            user=user, context={"allowed_company_ids": store.ids, "lang": "zh_CN"}
        )
