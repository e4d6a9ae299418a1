from decimal import Decimal

import pytest

from odoo.addons.dms_sales.earnest import (
    Deposit,
    EarnestError,
    Settlement,
    better_claim,
    excess_loss,
    settle,
)

PAID = Deposit(Decimal(180_000), Decimal(50_000))
ADVANCE = Deposit(Decimal(180_000), Decimal(50_000), "advance")
PENALTY = ("penalty",)


def refusal(*args, **kwargs):
    with pytest.raises(EarnestError) as caught:
        settle(PAID, *args, **kwargs)
    return caught.value.code


def test_a_dealer_in_breach_pays_the_earnest_money_twice_and_the_rest_once():
    assert settle(PAID, "dealer") == Settlement(Decimal(50_000), added=Decimal(36_000))
    assert settle(PAID, "dealer").refund == 86_000


def test_a_buyer_in_breach_loses_the_earnest_money_and_no_more():
    ending = settle(PAID, "buyer")
    assert (ending.kept, ending.refund, ending.owed) == (36_000, 14_000, 0)


def test_when_nobody_is_in_breach_all_goes_back():
    assert settle(PAID, "nobody") == Settlement(Decimal(50_000))
    assert settle(PAID, "nobody", PENALTY, Decimal(9_000)).refund == 50_000


def test_who_kept_his_word_may_let_it_be():
    assert settle(PAID, "buyer", ()).refund == 50_000
    assert settle(PAID, "dealer", ()).refund == 50_000


def test_an_advance_goes_back_once_whoever_is_in_breach():
    for breach in ("dealer", "buyer", "nobody"):
        assert settle(ADVANCE, breach) == Settlement(Decimal(50_000))


def test_the_dealer_may_ask_for_the_penalty_instead():
    ending = settle(PAID, "buyer", PENALTY, Decimal(40_000))
    assert (ending.kept, ending.refund, ending.owed) == (40_000, 10_000, 0)


def test_a_penalty_above_what_was_paid_is_owed():
    ending = settle(PAID, "buyer", PENALTY, Decimal(60_000))
    assert (ending.kept, ending.refund, ending.owed) == (50_000, 0, 10_000)


def test_the_buyer_may_ask_for_the_penalty_instead():
    ending = settle(PAID, "dealer", PENALTY, Decimal(40_000))
    assert (ending.returned, ending.added, ending.refund) == (50_000, 40_000, 90_000)


def test_a_penalty_can_be_asked_for_after_an_advance():
    assert settle(ADVANCE, "buyer", PENALTY, Decimal(9_000)).refund == 41_000
    assert settle(ADVANCE, "dealer", PENALTY, Decimal(9_000)).refund == 59_000


def test_nobody_gets_penalty_and_earnest_money():
    claims = ("earnest", "penalty")
    assert refusal("buyer", claims, Decimal(40_000)) == "both"
    assert refusal("dealer", claims, Decimal(40_000)) == "both"


def test_the_better_claim_is_the_larger_one():
    assert better_claim(PAID, Decimal(36_000)) == "earnest"
    assert better_claim(PAID, Decimal("36000.01")) == "penalty"
    assert better_claim(ADVANCE, Decimal(1)) == "penalty"
    assert better_claim(ADVANCE, Decimal(0)) == "earnest"


def test_a_loss_above_the_earnest_money_may_be_claimed_too():
    assert excess_loss(PAID, Decimal(36_000)) == 0
    assert excess_loss(PAID, Decimal(40_000)) == 4_000
    assert excess_loss(ADVANCE, Decimal(40_000)) == 40_000


def test_no_money_is_lost_or_made_among_the_parts():
    for breach in ("buyer", "dealer", "nobody"):
        ending = settle(PAID, breach)
        assert ending.returned + ending.kept == PAID.paid


def test_words_and_amounts_must_make_sense():
    assert refusal("weather") == "breach"
    assert refusal("buyer", ("everything",)) == "claim"
    assert refusal("buyer", PENALTY, Decimal(-1)) == "penalty"
    with pytest.raises(EarnestError, match="loss"):
        excess_loss(PAID, Decimal(-1))
