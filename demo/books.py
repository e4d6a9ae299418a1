"""What an accountant sets up before the first document of a store, and pays."""


def prepare(world, company) -> None:
    """Payments go straight to the bank account: the stores reconcile no statements."""
    journals = world.env["account.journal"].search(
        [("company_id", "=", company.id), ("type", "=", "bank")]
    )
    for journal in journals:
        lines = journal.inbound_payment_method_line_ids
        lines |= journal.outbound_payment_method_line_ids
        lines.payment_account_id = journal.default_account_id


def pay(shop, moves) -> None:
    """Pay open invoices or bills in full, each by its own bank transfer."""
    wizard = shop.env["account.payment.register"].with_context(
        active_model="account.move", active_ids=moves.ids
    )
    wizard.create({"group_payment": False}).action_create_payments()
