"""A store that asks, one that gives, and the people of both."""

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .common import new_vin
from .test_transfer import TransferCommon


class RequestCommon(TransferCommon):
    """A1 gives, A2 asks; A3 of the same group must see nothing of it."""

    with_chart = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store_a3 = third_store(cls)

    def ask(self, *cars, role="sales_consultant", **vals):
        """Return a request of A2, still a draft, as its consultant has it."""
        env = self.in_store(self.store_a2, role)
        lines = [(0, 0, {"vin": car.vin}) for car in cars]
        return env["dms.transfer.request"].create({"line_ids": lines, **vals})

    def asked(self, *cars, **vals):
        request = self.ask(*cars, **vals)
        request.action_request()
        return request

    def approved(self, *cars, **vals):
        request = self.asked(*cars, **vals)
        self.giver(request).approve()
        return request

    def ordered(self, *cars, **vals):
        request = self.approved(*cars, **vals)
        self.giver(request).action_order()
        return request

    def shipped(self, *cars, **vals):
        request = self.ordered(*cars, **vals)
        self.giver(request, "parts_clerk").action_ship()
        return request

    def received(self, *cars, **vals):
        request = self.shipped(*cars, **vals)
        self.asker(request, "parts_clerk").action_receive()
        return request

    def invoiced(self, *cars, **vals):
        request = self.received(*cars, **vals)
        self.giver(request, "accountant").action_invoice()
        self.asker(request, "accountant").action_bill()
        return request

    def giver(self, request, role="sales_manager"):
        return request.with_env(self.in_store(self.store_a1, role))

    def asker(self, request, role="sales_manager"):
        return request.with_env(self.in_store(self.store_a2, role))


def third_store(case):
    """Return another store of group A, made once."""
    stores = case.env["res.company"].sudo()
    mine = [("dms_group_id", "=", case.group_a.id), ("dms_store_code", "=", "A3")]
    return stores.search(mine) or stores.create(case._prepare_store("A3", case.group_a))


def _rule(case, store):
    return case.env["dms.transfer.rule"].create(
        {"name": "Isolated", "company_id": store.id}
    )


def _request(case, store):
    return (
        case.env["dms.transfer.request"]
        .sudo()
        .create(
            {
                "company_id": store.id,
                "giving_company_id": third_store(case).id,
                "decision": "requested",
                "line_ids": [(0, 0, {"vin": "Isolated"})],
            }
        )
    )


def _line(case, store):
    return _request(case, store).line_ids


def _transport(case, store):
    car = case.env["dms.vehicle"].create({"vin": new_vin(), "company_id": store.id})
    return (
        case.env["dms.transport.order"]
        .sudo()
        .create(
            {
                "company_id": store.id,
                "from_store_id": store.partner_id.id,
                "to_store_id": third_store(case).partner_id.id,
                "note": "Isolated",
                "car_ids": [(0, 0, {"vehicle_id": car.id})],
            }
        )
    )


def _transport_car(case, store):
    return _transport(case, store).car_ids


def _check(case, store):
    return (
        case.env["dms.transport.check"]
        .sudo()
        .create({"car_id": _transport_car(case, store).id, "note": "Isolated"})
    )


def _settlement(case, store):
    transport = _transport(case, store)
    transport.write({"state": "arrived", "arrived_at": "2026-01-01", "cost": 5})
    rows = case.env["dms.transfer.settlement"].sudo()
    return rows.search([("company_id", "=", store.id)], limit=1)


ISOLATION_FACTORIES |= {
    "dms.transport.order": _transport,
    "dms.transport.car": _transport_car,
    "dms.transport.check": _check,
    "dms.transfer.settlement": _settlement,
    "dms.transfer.rule": _rule,
    "dms.transfer.request": _request,
    "dms.transfer.line": _line,
}
