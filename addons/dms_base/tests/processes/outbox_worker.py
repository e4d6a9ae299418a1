"""One run of an outbox worker, through the scheduler of Odoo.

    python outbox_worker.py CONFIGURATION DATABASE WORKER [before|after]

It stops dead before the call, or after it and before its result is noted.
"""

import sys
import time

from odoo.modules.registry import Registry
from odoo.tools import config


def main(conf, database, worker, stop=""):
    config.parse_config(["-c", conf, "-d", database, "--no-http"])
    registry = Registry(database)
    _stop_dead(stop)
    with registry.cursor() as cr:
        cr.execute(
            "SELECT res_id FROM ir_model_data WHERE name = %s",
            [f"ir_cron_outbox_{worker}"],
        )
        crons = registry["ir.cron"]
        job = crons._acquire_one_job(cr, cr.fetchone()[0], include_not_ready=True)
        crons._process_job(cr, job)
    print("done", flush=True)


def _stop_dead(stop):
    from odoo.addons.dms_base.outbox import OutboxWorker
    from odoo.addons.dms_base.outbox.job import Job

    def wait(*arguments):
        print("stopped", flush=True)
        time.sleep(600)

    if stop == "before":
        Job.run = wait
    if stop == "after":
        OutboxWorker._settle = wait


if __name__ == "__main__":
    main(*sys.argv[1:])
