"""What a node answers."""

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from .calls import data_of
from .errors import ChainRefused, NotYet

CONFIRMATIONS = 12
# The request is not valid, or the method does not exist: JSON-RPC 2.0, 5.1.
_FINAL = (-32600, -32601, -32602, -32700)
_HASH = re.compile(r"0x[0-9a-f]{64}")
_QUANTITY = re.compile(r"0x[0-9a-f]{1,16}")


@dataclass(frozen=True)
class Anchor:
    """A transaction that the chain has confirmed.

    :param at: time of the block that confirmed it: it existed then, at the latest
    """

    chain: int
    transaction: str
    block: int
    at: datetime

    def to_json(self) -> dict[str, Any]:
        """:return: the anchor as a passport carries it"""
        return {
            "chain": self.chain,
            "transaction": self.transaction,
            "block": self.block,
            "at": self.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }


def transaction(reply: Any) -> str:
    """:return: the hash of the transaction that was sent
    :raise ChainRefused: if it was not
    """
    text = _result(reply)
    if not isinstance(text, str) or not _HASH.fullmatch(text):
        raise ChainRefused("the node names no transaction")
    return text


def anchor(replies: Any, root: bytes | None = None) -> Anchor:
    """Read the answers to ``look``.

    :param root: what the transaction must have written, if that is to be checked
    :raise NotYet: as long as the transaction is not confirmed
    :raise ChainRefused: if it failed, is gone, or wrote something else
    """
    chain, sent, receipt, latest = _batch(replies)
    if not sent or not receipt:
        raise NotYet("the transaction stands in no block yet")
    if receipt.get("status") != "0x1":
        raise ChainRefused("the transaction failed")
    if root is not None and sent.get("input") != data_of(root):
        raise ChainRefused("the transaction wrote something else")
    block, newest = _number(receipt.get("blockNumber")), _number(latest.get("number"))
    if newest - block + 1 < CONFIRMATIONS:
        raise NotYet(f"{newest - block + 1} of {CONFIRMATIONS} confirmations")
    seconds = _number(latest.get("timestamp"))
    at = datetime.fromtimestamp(seconds, timezone.utc)
    return Anchor(_number(chain), transaction({"result": sent.get("hash")}), block, at)


def _batch(replies: Any) -> list[Any]:
    """:return: the results in the order of the calls; nodes may mix them up"""
    if not isinstance(replies, list):
        raise ChainRefused("the node does not answer several calls at once")
    by_id = {reply.get("id"): reply for reply in replies if isinstance(reply, dict)}
    results = [_result(by_id.get(number)) for number in (1, 2, 3, 4)]
    if any(result and not isinstance(result, dict) for result in results[1:]):
        raise ChainRefused("the node answers something else")
    return [results[0], results[1], results[2], results[3] or {}]


def _result(reply: Any) -> Any:
    if not isinstance(reply, dict):
        raise ChainRefused("the node gives no answer", is_final=False)
    error = reply.get("error")
    if isinstance(error, dict):
        is_final = error.get("code") in _FINAL
        raise ChainRefused(f"the node refused: {error.get('message')}", is_final)
    return reply.get("result")


def _number(text: Any) -> int:
    if not isinstance(text, str) or not _QUANTITY.fullmatch(text):
        raise ChainRefused("the node names no number")
    return int(text, 16)
