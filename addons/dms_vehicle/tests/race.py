"""Two real transactions at the same moment."""

import threading
from functools import partial

from odoo import SUPERUSER_ID, api
from odoo.service.model import retrying

from odoo.addons.dms_base.tests.committed import CommittedCase
from odoo.addons.dms_base.tests.log_common import changeable

WAIT_S = 60


class RaceCase(CommittedCase):
    """Two stores and what they do at once."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            group = env["dms.group"].create({"name": "Race", "code": "RACE"})
            stores = env["res.company"].create(
                [
                    self._prepare_store(name, group)
                    for name in ("Race East", "Race West")
                ]
            )
            self.group_id, self.store_ids = group.id, stores.ids
        self.addCleanup(self._forget)

    def _prepare_store(self, name, group):
        return {
            "name": name,
            "dms_group_id": group.id,
            "dms_store_kind": "4s",
            "dms_store_code": name[-4:],
            "dms_pdi_required": False,
        }

    def _forget(self):
        with self.transaction() as env:
            self._forget_cars(env)
            for store in env["res.company"].browse(self.store_ids):
                store.write({"name": f"Forgotten {store.id}", "active": False})
            group = env["dms.group"].browse(self.group_id)
            group.write({"code": f"RACE-{group.id}", "active": False})

    def _forget_cars(self, env):
        """Cars that were received have documents and a history: nobody deletes them."""
        mine = (
            "id IN (SELECT id FROM dms_log_entry WHERE company_id IN %s)",
            "company_id IN %s",
        )
        with changeable(env, "dms_vehicle_event", "dms_log_entry"):
            for table, which in (
                ("dms_vehicle_event", mine[1]),
                ("dms_log_waiting", mine[0]),
                ("dms_log_entry", mine[1]),
                ("dms_vehicle", mine[1]),
            ):
                env.cr.execute(
                    f"DELETE FROM {table} WHERE {which}", [tuple(self.store_ids)]
                )

    def _race(self, first, second):
        """Run ``second`` while ``first`` is done but not committed.

        :return: the exception of the second transaction, None if it went through
        """
        outcome = []
        with self.transaction() as env:
            first(env)
            env.flush_all()
            thread = threading.Thread(target=self._attempt, args=(second, outcome))
            thread.start()
            self._wait_until_blocked(env)
        thread.join(WAIT_S)
        self.assertFalse(thread.is_alive(), "the second transaction hangs")
        return outcome[0]

    def _attempt(self, second, outcome):
        try:
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                retrying(partial(second, env), env)
            outcome.append(None)
        except Exception as error:
            outcome.append(error)

    def _wait_until_blocked(self, env):
        """The point of the race: the other transaction waits for this one."""
        query = "SELECT 1 FROM pg_locks WHERE NOT granted AND pid != pg_backend_pid()"
        pause = threading.Event()
        for _attempt in range(WAIT_S * 10):
            env.cr.execute(query)
            if env.cr.fetchone():
                return
            pause.wait(0.1)
        self.fail("the second transaction never met the first")
