"""A node of a private EVM chain that holds accounts: Ethereum JSON-RPC over HTTP.

It mines when it is told to, or a block per call with ``mines = True``.
"""

import hashlib
import itertools
import json
import time
from typing import Any

from .ledger import Received, Reply
from .registry import register
from .server import Simulator

CHAIN = 1337


class RpcError(Exception):
    def __init__(self, code: int, message: str):
        super().__init__(message)
        self.code = code


@register("evm_node")
class EvmNode(Simulator):
    """The effect is a transaction; like a real node it knows no idempotency keys."""

    title = "EVM node"
    account = "0x" + "a1" * 20
    mines = True

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.blocks = [{"number": 0, "time": int(time.time()), "transactions": []}]
        self.pool: list[dict] = []
        self._numbers = itertools.count(1)

    def key(self, received: Received) -> str:
        return str(next(self._numbers))

    def mine(self, count: int = 1) -> None:
        """Put what was sent into the next block; add empty ones after it."""
        for _ in range(count):
            number = len(self.blocks)
            sent, self.pool = self.pool, []
            then = self.blocks[-1]["time"] + 12
            self.blocks.append({"number": number, "time": then, "transactions": sent})

    def accept(self, received: Received) -> tuple[Any, Reply]:
        calls = json.loads(received.body)
        is_batch = isinstance(calls, list)
        replies = [self._reply(call) for call in (calls if is_batch else [calls])]
        if self.mines:
            self.mine()
        return calls, Reply(200, replies if is_batch else replies[0])

    def _reply(self, call: dict) -> dict:
        head = {"jsonrpc": "2.0", "id": call.get("id")}
        act = _METHODS.get(call.get("method"))
        try:
            if not act:
                raise RpcError(-32601, "the method does not exist")
            return head | {"result": act(self, *call.get("params", []))}
        except RpcError as error:
            return head | {"error": {"code": error.code, "message": str(error)}}
        except (TypeError, KeyError, ValueError) as error:
            return head | {"error": {"code": -32602, "message": f"invalid: {error}"}}

    def _chain_id(self) -> str:
        return hex(CHAIN)

    def _send(self, given: dict) -> str:
        if given["from"].lower() != self.account:
            raise RpcError(-32000, "unknown account")
        nonce = len(self._sent()) + len(self.pool)
        content = json.dumps([given, nonce], sort_keys=True).encode()
        digest = "0x" + hashlib.sha256(content).hexdigest()
        self.pool.append(
            {
                "hash": digest,
                "nonce": hex(nonce),
                "from": given["from"],
                "to": given["to"],
                "value": given.get("value", "0x0"),
                "input": given.get("data", "0x"),
            }
        )
        return digest

    def _sent(self) -> list[tuple[dict, dict]]:
        return [(block, one) for block in self.blocks for one in block["transactions"]]

    def _transaction(self, digest: str) -> dict | None:
        for block, one in self._sent():
            if one["hash"] == digest:
                return one | {"blockNumber": hex(block["number"])}
        waiting = (one for one in self.pool if one["hash"] == digest)
        return next((one | {"blockNumber": None} for one in waiting), None)

    def _receipt(self, digest: str) -> dict | None:
        found = self._transaction(digest)
        if not found or not found["blockNumber"]:
            return None
        return {
            "transactionHash": digest,
            "blockNumber": found["blockNumber"],
            "status": "0x1",
        }

    def _block(self, name: str, _whole: bool) -> dict | None:
        number = len(self.blocks) - 1 if name == "latest" else int(name, 16)
        if number >= len(self.blocks):
            return None
        block = self.blocks[number]
        return {
            "number": hex(number),
            "timestamp": hex(block["time"]),
            "transactions": [one["hash"] for one in block["transactions"]],
        }


_METHODS = {
    "eth_chainId": EvmNode._chain_id,
    "eth_sendTransaction": EvmNode._send,
    "eth_getTransactionByHash": EvmNode._transaction,
    "eth_getTransactionReceipt": EvmNode._receipt,
    "eth_getBlockByNumber": EvmNode._block,
}
