import importlib.util
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import DmsCommon
from .doors import HttpDoors, OrmDoors, PortalDoors
from .isolation import RecordMaker, company_models, owned_models


@tagged("post_install", "-at_install")
class TestIsolation(DmsCommon, HttpCase):
    """Nobody reaches what belongs to a store he does not work in.

    The test looks the models up in the registry, so new ones are covered as they come.
    If it cannot make a record of a new model, register how in
    ``common.ISOLATION_FACTORIES``, from the tests of the addon that defines the model.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._import_factories()
        cls.sister = cls._arm(cls.user_of_all_roles(cls.store_a2))
        cls.stranger = cls._arm(
            cls.user_of_all_roles(cls.store_b1, but=["auditor", "integrator"])
        )
        cls.auditor = cls._arm(cls.user("auditor", cls.store_a2))
        cls.customer = cls._create_customer()

    @classmethod
    def _import_factories(cls):
        modules = cls.env["ir.module.module"].search(
            [("name", "=like", "dms_%"), ("state", "=", "installed")]
        )
        for module in modules:
            tests = f"odoo.addons.{module.name}.tests"
            if importlib.util.find_spec(tests):
                importlib.import_module(tests)

    @classmethod
    def _arm(cls, user):
        user.group_ids += cls.env.ref("base.group_allow_export")
        return user

    @classmethod
    def _create_customer(cls):
        return cls.env["res.users"].create(
            {
                "name": "Customer",
                "login": "isolation.customer",
                "company_id": cls.store_a2.id,
                "company_ids": [Command.set(cls.store_a2.ids)],
                "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
            }
        )

    def test_records_of_a_store_are_out_of_reach(self):
        for name in [*company_models(self.env), *owned_models(self.env)]:
            with self.subTest(model=name), self.env.cr.savepoint() as savepoint:
                record = self._make(name)
                self.assertFalse(self._open_doors(record))
                savepoint.rollback()

    def test_the_doors_find_a_leak(self):
        """Open one model of Odoo wide: every door that exists must report it."""
        record = RecordMaker(self, self.store_a1).make("stock.location")
        stranger = HttpDoors(self, self.stranger)
        self.assertFalse(stranger.open_for(record))
        self._open_wide("stock.location")
        found = stranger.open_for(record)
        for door in ("read", "search", "search_count", "search_read", "name_search"):
            self.assertIn(f"door_{door}", found)
        for door in ("web_read", "web_search_read", "read_group", "export", "write"):
            self.assertIn(f"door_{door}", found)
        for door in ("xmlrpc_read", "xmlrpc_search", "json2_read", "json2_search_read"):
            self.assertIn(f"door_{door}", found)
        for door in ("attachments", "attachment_content", "csv_export", "copy"):
            self.assertIn(f"door_{door}", found)

    def test_a_model_without_record_fails(self):
        """Required fields nobody can fill are an error of the test, not a pass."""
        with (
            patch.object(RecordMaker, "make", side_effect=ValueError("no record")),
            self.assertRaises(AssertionError),
        ):
            self._make("dms.region")

    def _make(self, model_name):
        try:
            record = RecordMaker(self, self.store_a1).make(model_name)
        except Exception as error:
            self.fail(
                f"No record of {model_name} could be made: {error}. Register how in "
                "odoo.addons.dms_base.tests.common.ISOLATION_FACTORIES."
            )
        self.assertTrue(record, f"The factory of {model_name} returned no record")
        return record

    def _open_doors(self, record):
        """Return what intruders reach, as "who: door" for the failure message."""
        intruders = {
            "another group": HttpDoors(self, self.stranger),
            "customer": PortalDoors(self, self.customer),
        }
        if not getattr(record, "_dms_group_wide", False):
            intruders["sister store"] = HttpDoors(self, self.sister)
            intruders["auditor of sister store"] = OrmDoors(self, self.auditor)
        return [
            f"{who}: {door}"
            for who, doors in intruders.items()
            for door in doors.open_for(record)
        ]

    def _open_wide(self, model_name):
        domain = [("model_id.model", "=", model_name)]
        self.env["ir.rule"].search(domain).active = False
        self.env["ir.model.access"].create(
            {
                "name": "wide open",
                "model_id": self.env["ir.model"]._get_id(model_name),
                "group_id": self.env.ref("base.group_user").id,
                "perm_read": True,
                "perm_write": True,
                "perm_create": True,
                "perm_unlink": True,
            }
        )
