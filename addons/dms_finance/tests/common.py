from datetime import date

from odoo.fields import Command

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES
from odoo.addons.dms_vehicle.tests.common import VehicleCommon, new_vin

from ..models.floorplan_draw import Draw, Drawn

DRAWN = date(2026, 1, 5)


def prepare_accounts(env, store):
    """Return the accounts of a line, made for a store that has no chart."""
    kinds = {
        "liability_account_id": "liability_current",
        "deposit_account_id": "asset_current",
        "expense_account_id": "expense",
        "accrued_account_id": "liability_current",
        "bank_account_id": "asset_cash",
    }
    accounts = env["account.account"].with_company(store)
    return {
        name: accounts.create(
            {
                "name": name,
                "code": f"FP{store.id}{number}",
                "account_type": kind,
                "company_ids": [Command.set(store.ids)],
            }
        ).id
        for number, (name, kind) in enumerate(kinds.items())
    }


def _isolated_line(case, store):
    journal = case.env["account.journal"].create(
        {"name": "Floorplan", "code": "FPI", "type": "general", "company_id": store.id}
    )
    return case.env["dms.floorplan.line"].create(
        {
            "name": "Isolation line",
            "company_id": store.id,
            "lender_id": store.partner_id.id,
            "limit_amount": 1,
            "journal_id": journal.id,
            **prepare_accounts(case.env, store),
        }
    )


def _isolated_contract(case, store):
    line = _isolated_line(case, store)
    vehicle = case.env["dms.vehicle"].create({"vin": new_vin(), "company_id": store.id})
    return case.env["dms.floorplan.contract"].create(
        {
            "company_id": store.id,
            "line_id": line.id,
            "vehicle_id": vehicle.id,
            "start_date": DRAWN,
            "maturity_date": DRAWN,
            "principal": 1,
            "terms": line._terms().as_json(),
        }
    )


def _isolated_accrual(case, store):
    contract = _isolated_contract(case, store)
    move = case.env["account.move"].create(
        {"journal_id": contract.line_id.journal_id.id, "company_id": store.id}
    )
    return case.env["dms.floorplan.accrual"].create(
        {
            "company_id": store.id,
            "contract_id": contract.id,
            "line_id": contract.line_id.id,
            "vehicle_id": contract.vehicle_id.id,
            "move_id": move.id,
            "month": DRAWN,
            "amount": 1,
        }
    )


ISOLATION_FACTORIES["dms.floorplan.line"] = _isolated_line
ISOLATION_FACTORIES["dms.floorplan.contract"] = _isolated_contract
ISOLATION_FACTORIES["dms.floorplan.accrual"] = _isolated_accrual


class FloorplanCommon(VehicleCommon):
    """A store with books, a lender, and lines as in the worked examples."""

    with_chart = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lender = cls.env["res.partner"].create({"name": "OEM Finance"})
        cls.line = cls.create_line(
            free_days=60,
            rate_ids=[Command.create({"from_day": 0, "percent": 6})],
            curtailment_ids=[
                Command.create({"day": 90, "percent": 10}),
                Command.create({"day": 120, "percent": 10}),
            ],
        )

    @classmethod
    def create_line(cls, store=None, **vals):
        store = store or cls.store_a1
        return cls.in_store(store)["dms.floorplan.line"].create(
            {
                "name": "Stock 2026",
                "company_id": store.id,
                "lender_id": cls.lender.id,
                "limit_amount": 1_000_000,
                **vals,
            }
        )

    @classmethod
    def bill_line(cls, **vals):
        """Return a line for bank acceptances, a fifth deposited."""
        return cls.create_line(
            kind="bill",
            deposit_percent=20,
            fee_percent=0.05,
            late_percent=0.05,
            **vals,
        )

    @classmethod
    def draw(cls, cars, amount=180_000, line=None, day=DRAWN):
        """Have a lender pay for cars, the money coming to the bank."""
        none = cls.env["account.move"], cls.env["purchase.order.line"]
        drawn = [Drawn(car, amount, none[1], none[0]) for car in cars]
        return Draw(line or cls.line, day, drawn).make()

    @classmethod
    def pay(cls, contracts, day, mode="due"):
        """Propose what is due and post it; return the entry."""
        wizard = contracts.env["dms.floorplan.pay"].create(
            {"contract_ids": contracts.ids, "date": day, "mode": mode}
        )
        move = cls.env["account.move"].browse(wizard.action_propose()["res_id"])
        move.action_post()
        return move

    @classmethod
    def balance(cls, account, store=None):
        items = cls.env["account.move.line"].search(
            [
                ("account_id", "=", account.id),
                ("company_id", "=", (store or cls.store_a1).id),
                ("parent_state", "=", "posted"),
            ]
        )
        return round(sum(items.mapped("balance")), 2)
