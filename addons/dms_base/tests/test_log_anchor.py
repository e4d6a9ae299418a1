from odoo.tests import tagged
from odoo.tools import mute_logger

from dms_simulator.evm_node import CHAIN, EvmNode

from ..chain import data_of
from .connectors import ConnectorCommon
from .log_common import LogCommon


@tagged("post_install", "-at_install")
class TestLogAnchor(LogCommon, ConnectorCommon):
    """The root of the last checkpoint is written to a chain, if one is connected."""

    def setUp(self):
        super().setUp()
        self.node = self.enterContext(EvmNode())
        self.chain = self.connector(
            self.node.url, code="chain", provider="evm", account=self.node.account
        )
        self.append(subject="LZZ1")
        self.record()
        self.checkpoint = self.latest()

    def ask(self):
        self.env["dms.log.checkpoint"]._cron_anchor()
        self.env.flush_all()
        return self.messages()

    def messages(self):
        mine = [("connector_id", "=", self.chain.id)]
        return self.env["dms.outbox.message"].search(mine, order="id")

    def go_on(self):
        """Half a minute later."""
        self.messages().filtered(lambda m: m.state == "waiting").write(
            {"next_attempt_at": "2020-01-01"}
        )
        self.deliver()

    def test_the_root_is_sent_and_looked_for_later(self):
        self.ask()
        self.deliver()
        sent, look = self.messages()
        self.assertEqual((sent.state, look.state), ("delivered", "waiting"))
        (transaction,) = self.node.blocks[1]["transactions"]
        self.assertEqual(transaction["input"], data_of(self.checkpoint._root()))
        self.assertEqual(look._data()["transaction"], transaction["hash"])

    def test_when_the_chain_has_confirmed_it_the_anchor_is_kept(self):
        self.ask()
        self.deliver()
        self.node.mine(12)
        self.go_on()
        endorsement = self.checkpoint.endorsement_ids
        self.assertEqual(endorsement.kind, "chain")
        self.assertEqual(endorsement.name, f"Chain {CHAIN}, block 1")
        self.assertEqual(endorsement.anchor["block"], 1)

    def test_the_passport_lists_it(self):
        self.test_when_the_chain_has_confirmed_it_the_anchor_is_kept()
        passport = self.env["dms.log"]._passport("LZZ1")
        self.assertEqual(
            passport["anchors"], self.checkpoint.endorsement_ids.mapped("anchor")
        )

    def test_until_then_it_is_asked_again_and_nothing_is_broken(self):
        self.node.mines = False
        self.ask()
        self.deliver()
        for _time in range(6):
            self.go_on()
        look = self.messages()[-1]
        self.assertEqual((look.state, look.attempts), ("waiting", 6))
        self.assertEqual(look.history[-1]["outcome"], "pending")
        self.assertEqual(self.chain.breaker_state, "closed")

    @mute_logger("odoo.addons.dms_base.models.dms_outbox_message")
    def test_a_node_that_shows_another_transaction_is_not_believed(self):
        self.ask()
        self.deliver()
        self.node.blocks[1]["transactions"][0]["input"] = data_of(bytes(32))
        self.node.mine(12)
        self.go_on()
        self.assertFalse(self.checkpoint.endorsement_ids)
        self.assertIn("something else", self.messages()[-1].last_error)

    def test_a_checkpoint_is_written_once(self):
        self.assertEqual(len(self.ask()), 1)
        self.assertEqual(len(self.ask()), 1)

    @mute_logger("odoo.addons.dms_base.delivery.attempts")
    def test_without_an_account_nothing_is_sent(self):
        self.chain.account = "D042"
        message = self.ask()
        self.deliver()
        self.assertEqual(message.state, "dead")
        self.assertIn("no account", message.last_error)
        self.assertFalse(self.node.ledger.received)

    def test_the_connection_can_be_tested(self):
        action = self.chain.action_test_connection()
        self.assertEqual(action["params"]["type"], "success")

    def test_without_a_chain_nothing_is_asked(self):
        self.chain.state = "draft"
        self.assertFalse(self.ask())
        self.assertNotIn("anchors", self.env["dms.log"]._passport("LZZ1"))
