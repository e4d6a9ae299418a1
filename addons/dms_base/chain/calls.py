"""What is asked of a node: Ethereum JSON-RPC, as the execution APIs specify it."""

import re
from typing import Any

MAGIC = b"dms-log1"
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")


def is_address(text: str) -> bool:
    """Tell whether this is the address of an account, 20 bytes in hexadecimal."""
    return bool(_ADDRESS.fullmatch(text))


def data_of(root: bytes) -> str:
    """:param root: root of the log, 32 bytes
    :return: what the transaction carries
    """
    return f"0x{(MAGIC + root).hex()}"


def send(account: str, root: bytes) -> dict[str, Any]:
    """:return: the call that has the node sign and send the transaction"""
    transaction = {
        "from": account,
        "to": account,
        "value": "0x0",
        "data": data_of(root),
    }
    return _call(1, "eth_sendTransaction", transaction)


def look(transaction: str) -> list[dict[str, Any]]:
    """:param transaction: its hash
    :return: the calls, in one batch, that tell what became of it
    """
    return [
        _call(1, "eth_chainId"),
        _call(2, "eth_getTransactionByHash", transaction),
        _call(3, "eth_getTransactionReceipt", transaction),
        _call(4, "eth_getBlockByNumber", "latest", False),
    ]


def _call(number: int, method: str, *parameters: Any) -> dict[str, Any]:
    return {
        "jsonrpc": "2.0",
        "id": number,
        "method": method,
        "params": list(parameters),
    }
