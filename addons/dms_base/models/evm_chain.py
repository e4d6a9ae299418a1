"""The connector to an EVM chain: a node that holds our account, over JSON-RPC."""

import json

from odoo import fields

from .. import chain, delivery

PROVIDER = "evm"
SEND, LOOK = "log.anchor.send", "log.anchor.look"
PATIENCE_S = 30
JSON = {"Content-Type": "application/json", "Accept": "application/json"}


@delivery.register(PROVIDER, "EVM chain (JSON-RPC)")
class EvmChain(delivery.Provider):
    """Sends ``{"root": hex}``, then looks at ``{"root": hex, "transaction": hash}``."""

    def request(self, message, endpoint):
        """:raise ValueError: if the connector names no account"""
        if message.kind == LOOK:
            calls = chain.look(message.payload["transaction"])
        elif chain.is_address(message.account):
            root = bytes.fromhex(message.payload["root"])
            calls = chain.send(message.account, root)
        else:
            raise ValueError(f"“{message.account}” is no account: 0x and 40 figures")
        return _request(endpoint, calls, message.key)

    def probe(self, endpoint):
        return _request(endpoint, chain.look("0x" + "0" * 64)[0], delivery.unique_key())

    def verdict(self, answer, now):
        verdict = super().verdict(answer, now)
        if verdict.outcome is not delivery.Outcome.DELIVERED:
            return verdict
        reply = json.loads(answer.body)
        try:
            _read(reply)
        except chain.NotYet as reason:
            pending = delivery.Outcome.PENDING
            return delivery.Verdict(pending, str(reason), PATIENCE_S)
        except chain.ChainRefused as error:
            outcomes = (delivery.Outcome.RETRY, delivery.Outcome.PERMANENT)
            return delivery.Verdict(outcomes[error.is_final], str(error))
        return verdict

    def delivered(self, message, answer):
        reply, root = json.loads(answer.body), message._data()["root"]
        checkpoint = message.env["dms.log.checkpoint"].browse(message.res_id)
        if message.kind == LOOK:
            checkpoint._keep_anchor(chain.anchor(reply, bytes.fromhex(root)))
        else:
            _look_later(message, checkpoint, chain.transaction(reply), root)


def _request(endpoint, calls, key):
    return delivery.Request("POST", endpoint, JSON, delivery.canonical_json(calls), key)


def _read(reply):
    return chain.anchor(reply) if isinstance(reply, list) else chain.transaction(reply)


def _look_later(message, checkpoint, transaction, root):
    look = message.connector_id._dms_send(
        LOOK,
        {"root": root, "transaction": transaction},
        record=checkpoint,
        idempotency_key=delivery.derived_key("anchor", transaction),
    )
    look.next_attempt_at = fields.Datetime.add(
        fields.Datetime.now(), seconds=PATIENCE_S
    )
