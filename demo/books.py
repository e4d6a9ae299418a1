"""What an accountant sets up before the first document of a store, and pays."""

from odoo.fields import Command

CAPITAL = "l10n_cn_account_3001"
STOCK_DIFFERENCES = "l10n_cn_common_account_1901"
PAID_IN = 20_000_000


def prepare(world, company) -> None:
    env = world.env(context={**world.env.context, "allowed_company_ids": company.ids})
    journal = env["account.journal"].search(
        [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
    )
    _book_payments_at_once(journal)
    _pay_capital_in(env, company, journal)
    value_inventory(env, company, CAPITAL)


def _book_payments_at_once(journal) -> None:
    """Payments go straight to the bank account: the stores reconcile no statements."""
    lines = journal.inbound_payment_method_line_ids
    lines |= journal.outbound_payment_method_line_ids
    lines.payment_account_id = journal.default_account_id


def _pay_capital_in(env, company, journal) -> None:
    capital = _account(env, company, CAPITAL)
    lines = [(journal.default_account_id, PAID_IN), (capital, -PAID_IN)]
    entry = env["account.move"].create(
        {
            "journal_id": _general_journal(env, company).id,
            "ref": "实收资本",
            "line_ids": [
                Command.create({"account_id": account.id, "balance": balance})
                for account, balance in lines
            ],
        }
    )
    entry.action_post()


def _general_journal(env, company):
    domain = [("company_id", "=", company.id), ("type", "=", "general")]
    return env["account.journal"].search(domain, limit=1)


def value_inventory(env, company, xmlid: str) -> None:
    """Say which account stands against what the store finds it has in stock.

    The opening stock is capital brought in; later it is a difference to explain.
    """
    place = env["product.template"].with_company(company).new().property_stock_inventory
    place.valuation_account_id = _account(env, company, xmlid)


def _account(env, company, xmlid: str):
    return env["account.chart.template"].with_company(company).ref(xmlid)


def pay(shop, move_ids) -> None:
    """Pay open invoices or bills in full, each by its own bank transfer."""
    wizard = shop.env["account.payment.register"].with_context(
        active_model="account.move", active_ids=move_ids
    )
    wizard.create({"group_payment": False}).action_create_payments()
