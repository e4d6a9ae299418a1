from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from dms_simulator.certificates import Authority
from dms_simulator.checks import Basic, Bearer, ClientCertificate, Hmac

from ..delivery.registry import Provider, _providers, register
from ..models.dms_connector import NETWORKS
from .connectors import ConnectorCommon, prepare_connector

SECRETS = ("secret", "token", "password", "private_key", "hook_secret")


@tagged("post_install", "-at_install")
class TestConnector(ConnectorCommon):
    """A connector is one other side of one store."""

    def test_a_group_admin_makes_one_and_makes_it_active(self):
        with Form(self.env["dms.connector"].with_user(self.admin)) as form:
            form.name = "Maker"
            form.code = "oem"
            form.endpoint = "https://oem.example"
            form.auth_kind = "bearer"
            form.token = "t-1"
        connector = form.record
        self.assertEqual(connector.state, "draft")
        connector.action_activate()
        self.assertEqual(connector.state, "active")
        self.assertEqual(connector.company_id, self.store_a1)

    def test_without_its_credentials_it_is_not_activated(self):
        connector = self.connector(auth_kind="basic", username="me", state="draft")
        with self.assertRaisesRegex(UserError, "Password"):
            connector.action_activate()
        self.assertEqual(connector.state, "draft")

    def test_the_code_is_unique_in_a_store(self):
        self.connector()
        self.connector(store=self.store_a2)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.connector()

    def test_business_finds_the_connector_of_its_store(self):
        mine = self.connector()
        self.connector(store=self.store_a2)
        connectors = self.env["dms.connector"].with_user(self.consultant)
        self.assertEqual(connectors._dms_find("oem", self.store_a1), mine)
        self.assertFalse(connectors._dms_find("bank", self.store_a1))

    def test_with_messages_it_stays_in_its_store(self):
        connector = self.connector()
        connector.company_id = self.store_a2
        connector._dms_send("test.kind", {})
        with self.assertRaises(ValidationError):
            connector.company_id = self.store_a1

    def test_with_messages_it_is_not_deleted(self):
        connector = self.connector()
        connector._dms_send("test.kind", {})
        with self.assertRaises(UserError):
            connector.unlink()

    def test_providers_of_addons_that_are_not_installed_are_not_offered(self):
        class Foreign(Provider):
            __module__ = "odoo.addons.no_such_addon.provider"

        self.addCleanup(_providers.pop, "foreign")
        register("foreign", "Foreign")(Foreign)
        offered = dict(self.env["dms.connector"]._selection_provider())
        self.assertIn("http_json", offered)
        self.assertNotIn("foreign", offered)

    def test_counts_its_messages(self):
        connector = self.connector(state="paused")
        for number in range(3):
            connector._dms_send("test.kind", number)
        messages = self.env["dms.outbox.message"].search([])
        messages[0].state = "dead"
        messages[1].state = "delivered"
        self.assertRecordValues(
            connector.with_user(self.admin),
            [{"waiting_count": 1, "dead_count": 1, "delivered_count": 1}],
        )


@tagged("post_install", "-at_install")
class TestConnectorAddress(ConnectorCommon):
    """Messages do not go into the network that the server stands in."""

    def test_inside_is_refused_when_it_is_typed(self):
        self.env["ir.config_parameter"].set_param(NETWORKS, "")
        for url in (
            "https://127.0.0.1",
            "https://169.254.169.254",
            "http://oem.example",
        ):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.connector(url)

    def test_inside_is_refused_when_it_is_called(self):
        connector = self.connector(self.oem().url)
        self.env["ir.config_parameter"].set_param(NETWORKS, "")
        message = connector._dms_send("test.kind", {})
        self.deliver()
        self.assertEqual(message.state, "dead")
        self.assertRegex(message.last_error, "https|public")

    def test_a_system_administrator_allows_networks(self):
        self.env["ir.config_parameter"].set_param(NETWORKS, "10.1.0.0/16")
        self.connector("http://10.1.2.3")
        with self.assertRaises(ValidationError):
            self.connector("http://10.2.0.1", code="other")

    @mute_logger("odoo.addons.dms_base.models.dms_connector")
    def test_a_parameter_that_cannot_be_read_allows_nothing(self):
        self.env["ir.config_parameter"].set_param(NETWORKS, "everything")
        with self.assertRaises(ValidationError):
            self.connector("https://127.0.0.1")


@tagged("post_install", "-at_install")
class TestConnectorSecrets(ConnectorCommon):
    """Secrets are written and never read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        vals = {name: f"plain-{name}" for name in SECRETS}
        vals = prepare_connector(cls.store_a1, **vals)
        cls.full = cls.env["dms.connector"].create(vals)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_nobody_reads_them(self):
        system = self.user("accountant", self.store_a1)
        system.group_ids += self.env.ref("base.group_system")
        for user in (self.admin, system):
            values = self.full.with_user(user).read(SECRETS)[0]
            for name in SECRETS:
                with self.subTest(user=user.login, name=name):
                    self.assertEqual(values[name], "********")

    def test_nobody_reveals_them(self):
        with self.assertRaises(AccessError):
            self.full.dms_reveal("token")

    def test_the_database_does_not_hold_them(self):
        self.env.cr.execute(
            "SELECT to_jsonb(c)::text FROM dms_connector c WHERE id = %s",
            [self.full.id],
        )
        self.assertNotIn("plain-", self.env.cr.fetchone()[0])

    def test_a_new_address_does_not_get_the_token_of_the_old_one(self):
        self.full.with_user(self.admin).endpoint = "https://mine.example/in"
        self.assertFalse(self.full.token or self.full.password)
        self.assertEqual(self.full._dms_credentials().secret, "plain-secret")

    def test_another_path_at_the_same_address_keeps_it(self):
        self.full.with_user(self.admin).endpoint = "https://oem.example/v2"
        self.assertEqual(self.full._dms_credentials().token, "plain-token")

    def test_several_are_read_together(self):
        both = self.full | self.connector(code="two")
        self.assertEqual(len(both.with_user(self.admin).read()), 2)

    def test_a_copy_has_none(self):
        copy = self.full.copy({"code": "copy"})
        self.assertFalse(any(copy[name] for name in SECRETS))
        self.assertEqual(copy.state, "draft")

    def test_saving_the_form_keeps_them(self):
        with Form(self.full.with_user(self.admin)) as form:
            form.name = "Another name"
        self.assertEqual(self.full._dms_credentials().token, "plain-token")

    def test_a_long_private_key_keeps_its_lines(self):
        pem = Authority().issue("dealer").key
        self.full.private_key = pem
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.full._dms_credentials().private_key, pem)


@tagged("post_install", "-at_install")
class TestConnectorCredentials(ConnectorCommon):
    """The other side knows us by what the connector says."""

    def _succeeds(self, oem, **vals):
        connector = self.connector(oem.url, **vals)
        message = connector._dms_send("test.kind", {"a": 1})
        self.deliver()
        return message.state == "delivered"

    def test_bearer(self):
        oem = self.oem(checks=[Bearer("t-1")])
        self.assertTrue(self._succeeds(oem, auth_kind="bearer", token="t-1"))

    def test_basic(self):
        oem = self.oem(checks=[Basic("me", "密码")])
        self.assertTrue(
            self._succeeds(oem, auth_kind="basic", username="me", password="密码")
        )

    def test_hmac(self):
        oem = self.oem(checks=[Hmac("s-1")])
        self.assertTrue(self._succeeds(oem, auth_kind="hmac", secret="s-1"))

    def test_mtls(self):
        authority = Authority()
        identity = authority.issue("dealer")
        oem = self.oem(
            tls=authority.server(self.folder(), mutual=True),
            checks=[ClientCertificate("dealer")],
        )
        self.assertTrue(
            self._succeeds(
                oem,
                auth_kind="mtls",
                certificate=identity.certificate,
                private_key=identity.key,
                authority=authority.pem,
            )
        )

    def test_wrong_ones_keep_the_message_waiting(self):
        oem = self.oem(checks=[Bearer("t-1")])
        self.assertFalse(self._succeeds(oem, auth_kind="bearer", token="t-2"))
        message = self.env["dms.outbox.message"].search([])
        self.assertEqual((message.state, message.last_status), ("waiting", 401))

    def test_a_certificate_that_cannot_be_read_keeps_the_message_waiting(self):
        with mute_logger("odoo.addons.dms_base.outbox.worker"):
            self.assertFalse(
                self._succeeds(
                    self.oem(), auth_kind="mtls", certificate="x", private_key="y"
                )
            )
        message = self.env["dms.outbox.message"].search([])
        self.assertEqual(message.state, "waiting")
        self.assertIn("cannot be read", message.last_error)


@tagged("post_install", "-at_install")
class TestConnectionTest(ConnectorCommon):
    """The button asks the other side for a sign of life."""

    def _kind(self, connector):
        action = connector.with_user(self.admin).action_test_connection()
        return action["params"]["type"]

    def test_an_answer_is_good(self):
        oem = self.oem(checks=[Bearer("t-1")])
        connector = self.connector(oem.url, auth_kind="bearer", token="t-1")
        self.assertEqual(self._kind(connector), "success")

    def test_refused_credentials_are_not(self):
        oem = self.oem(checks=[Bearer("t-1")])
        connector = self.connector(oem.url, auth_kind="bearer", token="t-2")
        self.assertEqual(self._kind(connector), "danger")

    def test_silence_is_not(self):
        with self.connectors_to_nowhere() as connector:
            self.assertEqual(self._kind(connector), "danger")

    def test_it_has_no_effect(self):
        oem = self.oem()
        self._kind(self.connector(oem.url))
        self.assertFalse(oem.ledger.effects)

    def test_only_who_manages_connectors_tests_them(self):
        connector = self.connector().with_user(self.consultant)
        with self.assertRaises(AccessError):
            connector.action_test_connection()

    def test_missing_credentials_are_named(self):
        connector = self.connector(auth_kind="hmac")
        with self.assertRaisesRegex(UserError, "Shared secret"):
            self._kind(connector)


@tagged("post_install", "-at_install")
class TestConnectorRights(ConnectorCommon):
    """Group admins manage the connectors of their stores, others none."""

    def test_only_group_admins_reach_connectors(self):
        for role in ("store_manager", "accountant", "integrator", "dms_user"):
            user = self.user(role, self.store_a1)
            for model in ("dms.connector", "dms.outbox.message", "dms.inbox.message"):
                with self.subTest(role=role, model=model):
                    self.assertFalse(self.env[model].with_user(user).has_access("read"))

    def test_a_group_admin_manages_those_of_his_stores(self):
        mine, other = self.connector(), self.connector(store=self.store_a2)
        mine.with_user(self.admin).name = "Mine"
        with self.assertRaises(AccessError):
            other.with_user(self.admin).name = "Mine, too"

    def test_nobody_writes_messages_by_hand(self):
        for user in (self.admin, self.env.ref("base.user_admin")):
            for model in ("dms.outbox.message", "dms.inbox.message"):
                messages = self.env[model].with_user(user)
                with self.subTest(user=user.login, model=model):
                    self.assertTrue(messages.has_access("read"))
                    for operation in ("write", "create", "unlink"):
                        self.assertFalse(messages.has_access(operation))

    def test_who_does_business_sends_without_any_right(self):
        connector = self.env["dms.connector"].with_user(self.consultant)
        self.connector()
        message = connector._dms_find("oem", self.store_a1)._dms_send("test.kind", {})
        self.assertEqual(message.company_id, self.store_a1)
        with self.assertRaises(AccessError):
            message.with_user(self.consultant).read(["payload"])

    def test_an_auditor_replays_nothing(self):
        auditor = self.user("auditor", self.store_a1)
        auditor.group_ids += self._role_group("group_admin")
        message = self.connector()._dms_send("test.kind", {})
        message.state = "dead"
        with self.assertRaises(AccessError):
            message.with_user(auditor).action_replay()
