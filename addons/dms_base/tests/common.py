import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import TransactionCase

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

from .. import keydir

ROLES = (
    "sales_consultant",
    "sales_manager",
    "service_advisor",
    "workshop_manager",
    "technician",
    "parts_clerk",
    "fi_officer",
    "accountant",
    "store_manager",
    "group_admin",
    "auditor",
    "integrator",
)

# Model name -> function(case, store) that returns a record of the store. For models
# whose records need more than filled required fields; see test_isolation.py.
ISOLATION_FACTORIES = {}


class DmsCommon(TransactionCase):
    """Two dealer groups: A with the stores A1 and A2, B with the store B1.

    Keys lie in a folder of their own that is thrown away.

    Set ``with_chart = True`` on a test class that posts entries: loading a chart of
    accounts takes seconds per store. Users come from ``cls.user(role, store)``.
    """

    with_chart = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.use_own_key_folder()
        cls.env = cls.env["base"].with_context(**DISABLED_MAIL_CONTEXT).env
        cls.group_a = cls.env["dms.group"].create({"name": "Group A", "code": "TA"})
        cls.group_b = cls.env["dms.group"].create({"name": "Group B", "code": "TB"})
        cls.brand = cls.env["dms.brand"].create({"name": "Brand", "code": "TEST-1"})
        cls.store_a1, cls.store_a2, cls.store_b1 = cls.env["res.company"].create(
            [
                cls._prepare_store("A1", cls.group_a),
                cls._prepare_store("A2", cls.group_a),
                cls._prepare_store("B1", cls.group_b),
            ]
        )
        cls.stores = cls.store_a1 | cls.store_a2 | cls.store_b1
        if cls.with_chart:
            cls._load_charts(cls.stores)

    @classmethod
    def use_own_key_folder(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.key_folder = folder.name
        for name in keydir.names("sealed-kek-"):  # the database was set up with them
            Path(folder.name, name).write_bytes(keydir.read(name))
        cls.startClassPatcher(patch.dict(os.environ, {"DMS_KEY_DIR": folder.name}))

    @classmethod
    def _prepare_store(cls, code, group):
        return {
            "name": f"Test store {code}",
            "dms_group_id": group.id,
            "dms_store_kind": "4s",
            "dms_store_code": code,
            "dms_brand_ids": [Command.set(cls.brand.ids)],
            "country_id": cls.env.ref("base.cn").id,
            "currency_id": cls.env.ref("base.CNY").id,
        }

    @classmethod
    def _load_charts(cls, stores):
        charts = cls.env["dms.store.open"]._installed_charts()
        code = "cn" if "cn" in charts else "generic_coa"
        for store in stores:
            cls.env["account.chart.template"].try_loading(code, store)

    @classmethod
    def user(cls, role, store):
        """Return the user who has only ``role``, in ``store`` only.

        :param role: one of ``ROLES``, or "dms_user" for staff without a role
        """
        return cls._find_user(f"{role}.{store.dms_store_code}", [role], store)

    @classmethod
    def user_of_all_roles(cls, store, but=("group_admin", "auditor", "integrator")):
        """Return the user who has every role in ``store``, except those of ``but``."""
        roles = [role for role in ROLES if role not in but]
        return cls._find_user(f"all.{store.dms_store_code}", roles, store)

    @classmethod
    def api_key(cls, user):
        """Return an API key of a program, issued by the group admin of its store."""
        admin = cls.user("group_admin", user.company_id)
        wizard = cls.env["dms.staff.change"].with_user(admin)
        action = wizard.create({"user_id": user.id}).action_issue_api_key()
        return action["context"]["default_key"]

    @classmethod
    def _find_user(cls, login, roles, store):
        users = cls.env["res.users"].with_context(active_test=False)
        return users.search([("login", "=", login)]) or users.create(
            {
                "name": login,
                "login": login,
                "email": f"{login}@example.com",
                "company_id": store.id,
                "company_ids": [Command.set(store.ids)],
                "group_ids": [
                    Command.set([cls._role_group(role).id for role in roles])
                ],
            }
        )

    @classmethod
    def _role_group(cls, role):
        prefix = "" if role.startswith("dms_") else "dms_"
        return cls.env.ref(f"dms_base.group_{prefix}{role}")
