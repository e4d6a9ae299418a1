"""A root in an EVM chain: what is asked of a node, and what its answers mean."""

import json
import urllib.request
from datetime import datetime, timezone

import pytest

from odoo.addons.dms_base.chain import (
    Anchor,
    ChainRefused,
    NotYet,
    anchor,
    data_of,
    is_address,
    look,
    send,
    transaction,
)

from dms_simulator.evm_node import CHAIN, EvmNode

ROOT = bytes(range(32))


@pytest.fixture
def node():
    with EvmNode() as running:
        running.mines = False
        yield running


def ask(node, calls):
    """:return: the answer as JSON, over HTTP"""
    body = json.dumps(calls).encode()
    request = urllib.request.Request(
        node.url, body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        return json.load(response)


def sent(node, root: bytes = ROOT) -> str:
    return transaction(ask(node, send(node.account, root)))


def test_the_data_is_the_name_of_the_format_and_the_root():
    assert bytes.fromhex(data_of(ROOT)[2:]) == b"dms-log1" + ROOT


def test_the_account_sends_to_itself_and_no_value():
    (call,) = send("0x" + "a1" * 20, ROOT)["params"]
    assert (call["from"], call["value"]) == (call["to"], "0x0")


@pytest.mark.parametrize(
    "text", ["", "0x", "a1" * 20, "0x" + "a1" * 19, "0x" + "g1" * 20]
)
def test_what_is_no_address(text):
    assert not is_address(text)
    assert is_address("0x" + "a1" * 20)


def test_a_root_is_anchored_after_twelve_confirmations(node):
    digest = sent(node)
    node.mine(12)
    found = anchor(ask(node, look(digest)), ROOT)
    at = datetime.fromtimestamp(node.blocks[-1]["time"], timezone.utc)
    assert found == Anchor(CHAIN, digest, 1, at)
    assert json.dumps(found.to_json())


@pytest.mark.parametrize("blocks", [0, 1, 11])
def test_before_that_it_is_not_yet(node, blocks):
    digest = sent(node)
    node.mine(blocks)
    with pytest.raises(NotYet):
        anchor(ask(node, look(digest)), ROOT)


def test_a_transaction_that_wrote_something_else_is_refused(node):
    digest = sent(node, bytes(32))
    node.mine(12)
    with pytest.raises(ChainRefused, match="something else"):
        anchor(ask(node, look(digest)), ROOT)


def test_a_failed_transaction_is_refused(node):
    digest = sent(node)
    node.mine(12)
    replies = ask(node, look(digest))
    replies[2]["result"]["status"] = "0x0"
    with pytest.raises(ChainRefused, match="failed"):
        anchor(replies, ROOT)


def test_answers_may_come_in_another_order(node):
    digest = sent(node)
    node.mine(12)
    assert anchor(ask(node, look(digest))[::-1], ROOT).transaction == digest


def test_an_account_the_node_does_not_hold_may_be_added_later(node):
    with pytest.raises(ChainRefused, match="unknown account") as caught:
        transaction(ask(node, send("0x" + "b2" * 20, ROOT)))
    assert not caught.value.is_final


def test_a_node_without_the_method_is_no_use(node):
    reply = ask(node, {"jsonrpc": "2.0", "id": 1, "method": "eth_other"})
    with pytest.raises(ChainRefused, match="does not exist") as caught:
        transaction(reply)
    assert caught.value.is_final


@pytest.mark.parametrize(
    "reply", [None, [], "0x", {}, {"result": None}, {"result": "0x12"}, {"result": 7}]
)
def test_what_is_no_transaction(reply):
    with pytest.raises(ChainRefused):
        transaction(reply)


@pytest.mark.parametrize(
    "replies",
    [
        None,
        {},
        [],
        [1, 2, 3, 4],
        [{"id": n, "result": "x"} for n in (1, 2, 3, 4)],
        [{"id": n, "error": {"code": -32000, "message": "no"}} for n in (1, 2, 3, 4)],
    ],
)
def test_what_is_no_answer_to_a_look(replies):
    with pytest.raises(ChainRefused):
        anchor(replies)


@pytest.mark.parametrize(
    "change",
    [
        lambda replies: replies[0].update(result=1337),
        lambda replies: replies[1]["result"].update(hash="0x12"),
        lambda replies: replies[2]["result"].update(blockNumber=1),
        lambda replies: replies[3].update(result=None),
        lambda replies: replies[3]["result"].update(number="0xzz"),
        lambda replies: replies[3]["result"].update(timestamp="0x" + "f" * 17),
    ],
)
def test_numbers_and_hashes_have_their_form(node, change):
    digest = sent(node)
    node.mine(12)
    replies = ask(node, look(digest))
    change(replies)
    with pytest.raises(ChainRefused):
        anchor(replies, ROOT)
