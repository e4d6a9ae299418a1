"""What the sheet says, in the user's language."""

from ..earnest import Deposit
from .money import exact


def block_names(env):
    """:return: dict from each block of the core to its name"""
    return {
        "car": env._("Car"),
        "oem_discount": env._("Discount of the Manufacturer"),
        "store_discount": env._("Discount of the Store"),
        "accessories": env._("Accessories"),
        "insurance": env._("Insurance"),
        "registration": env._("Registration"),
        "purchase_tax": env._("Purchase Tax"),
        "loan": env._("Loan"),
        "trade_in": env._("Trade-In"),
        "rebate": env._("Rebates"),
        "commission": env._("Commission"),
    }


def need_text(env, need, money):
    """:param money: formats an amount
    :return: why a consent is needed, a ``Need`` of the core in words

    What would tell the cost or the floor is not said: whoever asks may not see it.
    """
    if need.code == "below_floor":
        return env._("The price is below the floor of this model.")
    if need.code == "total_gross":
        return env._("The deal earns less than it has to.")
    given, limit = need.facts["given"], need.facts["limit"]
    if need.code == "discount_percent":
        return env._(
            "A discount of %(given)s %% is above the limit of %(limit)s %%.",
            given=given,
            limit=limit,
        )
    return env._(
        "A discount of %(given)s is above the limit of %(limit)s.",
        given=money(given),
        limit=money(limit),
    )


def problem_text(env, problem, money):
    """:return: a ``Problem`` of the core in words"""
    facts = problem.facts
    if problem.code == "above_list":
        return env._(
            "%(name)s costs more than the displayed price of %(listed)s:"
            " the law forbids that.",
            name=facts["name"],
            listed=money(facts["listed"]),
        )
    if problem.code == "over_lent":
        return env._(
            "The lender gives less than %(amount)s for a car of %(price)s.",
            amount=money(facts["amount"]),
            price=money(facts["price"]),
        )
    return env._(
        "The loan is larger than what is left to pay: %(amount)s would be paid out.",
        amount=money(facts["amount"]),
    )


def deposit_words(record, total):
    """:param record: an order or a store, whose ``dms_deposit`` it is
    :param float total: price of what it is paid for, in yuan
    :return: what the deposit means in law, in words
    """
    paid = Deposit(
        max(exact(total), exact("0.01")),
        exact(record.dms_deposit),
        record.dms_deposit_kind or "advance",
    )
    return deposit_text(record.env, paid, record._dms_money)


def deposit_text(env, deposit, money):
    """:param deposit: a ``Deposit`` of the core
    :return: what it means in law, as the customer has to know before paying
    """
    if deposit.kind != "earnest":
        return env._(
            "Advance (订金) of %(amount)s: it goes back to you whenever you step back"
            " before the contract.",
            amount=money(deposit.paid),
        )
    text = env._(
        "Earnest money (定金) of %(amount)s binds both sides: if you withdraw, the"
        " store keeps it; if the store does not deliver, it pays you double.",
        amount=money(deposit.binding),
    )
    if not deposit.advance:
        return text
    rest = env._(
        "What is above a fifth of the price, %(amount)s, is an advance and goes back.",
        amount=money(deposit.advance),
    )
    return f"{text} {rest}"
