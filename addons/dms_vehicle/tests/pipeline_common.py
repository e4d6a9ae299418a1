"""Reports of an OEM and what it has promised."""

import itertools

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .common import VehicleCommon, new_vin

_numbers = itertools.count(1)


def new_reference():
    """Return an allocation number that no other test has."""
    return f"Q-{next(_numbers):05d}"


class PipelineCommon(VehicleCommon):
    """The sales manager of A1 takes reports in; a consultant of A1 books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.in_store(cls.store_a1, "sales_manager")
        cls.consultant = cls.in_store(cls.store_a1, "sales_consultant")

    @classmethod
    def push(cls, *rows, env=None):
        """Return what became of reports, as programs are told."""
        reports = (env or cls.manager)["dms.oem.report"]
        return reports.dms_push_reports(list(rows))

    @classmethod
    def report(cls, order, status="acknowledged", hour=8, **more):
        """Return a row about an order."""
        at = f"2026-03-02T{hour:02d}:00:00Z"
        return {"order": order.name, "status": status, "at": at} | more

    def assertRefused(self, result, text):
        """The only row of a result was refused for a reason that has ``text``."""
        self.assertEqual((result["accepted"], result["unchanged"]), (0, 0), result)
        self.assertEqual(len(result["rejected"]), 1)
        self.assertIn(text, result["rejected"][0]["reason"])

    @classmethod
    def promise(cls, store=None, product=None, until="2099-12-31", **vals):
        """Return an allocation."""
        store = store or cls.store_a1
        return cls.in_store(store)["dms.allocation"].create(
            {
                "reference": new_reference(),
                "product_id": (product or cls.white).id,
                "period": "2026-12-10",
                "valid_until": until,
                **vals,
            }
        )

    @classmethod
    def quote(cls, product=None, store=None, role="sales_consultant"):
        """Return the line of a new order of a customer, for a car without VIN."""
        env = cls.in_store(store or cls.store_a1, role)
        line = {"product_id": (product or cls.white).id, "product_uom_qty": 1}
        order = env["sale.order"].create(
            {"partner_id": cls.customer.id, "order_line": [(0, 0, line)]}
        )
        return order.order_line


def _order_line(case, store):
    env = case.env(context=dict(case.env.context, allowed_company_ids=store.ids))
    oem = env["res.partner"].create({"name": "Isolated OEM"})
    model = env["product.product"].create(
        {"name": "Isolated", "dms_is_vehicle": True, "supplier_taxes_id": False}
    )
    line = {"product_id": model.id, "product_qty": 1, "price_unit": 1}
    order = env["purchase.order"].create(
        {"partner_id": oem.id, "order_line": [(0, 0, line)]}
    )
    order.button_confirm()
    return order.order_line


def _report(case, store):
    order = _order_line(case, store).order_id
    reports = case.env["dms.oem.report"].with_context(allowed_company_ids=store.ids)
    row = {"order": order.name, "status": "built", "at": "2026-03-02"}
    reports._take([row | {"reference": new_reference()}], store)
    return reports.search([("company_id", "=", store.id)], limit=1)


def _allocation(case, store):
    return case.env["dms.allocation"].create(
        {
            "reference": new_reference(),
            "company_id": store.id,
            "product_id": _order_line(case, store).product_id.id,
            "period": "2026-12-01",
            "valid_until": "2099-12-31",
        }
    )


def _group_car(case, store):
    line = _order_line(case, store)
    car = case.env["dms.vehicle"].create(
        {
            "vin": new_vin(),
            "company_id": store.id,
            "product_id": line.product_id.id,
            "purchase_line_id": line.id,
        }
    )
    case.env.flush_all()
    return case.env["dms.group.car"].browse(car.id)


ISOLATION_FACTORIES |= {
    "dms.oem.report": _report,
    "dms.allocation": _allocation,
    "dms.group.car": _group_car,
}
