"""A simulator in another process is told and asked over HTTP as well.

POST   /_simulator/faults    [{"status": 503}, {"drop": "after"}]
DELETE /_simulator/faults
GET    /_simulator/ledger    {"received": 3, "effects": [...]}
"""

import json

from .faults import Fault
from .ledger import Received, Reply

PREFIX = "/_simulator/"


def answer(simulator, received: Received) -> Reply:
    known = _ACTIONS | simulator.actions
    act = known.get((received.method, received.path.removeprefix(PREFIX)))
    return act(simulator, received) if act else Reply(404, {"error": "no such thing"})


def _add(simulator, received: Received) -> Reply:
    try:
        faults = [_fault(entry) for entry in json.loads(received.body)]
    except (TypeError, ValueError) as error:
        return Reply(400, {"error": str(error)})
    simulator.faults.add(*faults)
    return Reply(200, {"added": len(faults)})


def _fault(entry: dict) -> Fault:
    headers = tuple(entry.pop("headers", {}).items())
    return Fault(headers=headers, **entry)


def _clear(simulator, received: Received) -> Reply:
    simulator.faults.clear()
    return Reply(200, {})


def _show(simulator, received: Received) -> Reply:
    ledger = simulator.ledger
    return Reply(
        200, {"received": len(ledger.received), "effects": list(ledger.effects)}
    )


_ACTIONS = {
    ("POST", "faults"): _add,
    ("DELETE", "faults"): _clear,
    ("GET", "ledger"): _show,
}
