"""The scheduler of Odoo, as a server runs it: it sleeps until it is woken.

python scheduler.py CONFIGURATION DATABASE
"""

import sys
import threading

from odoo.modules.registry import Registry
from odoo.service.server import ThreadedServer
from odoo.tools import config


def main(conf, database):
    config.parse_config(["-c", conf, "-d", database, "--no-http"])
    Registry(database)
    server = ThreadedServer(None)
    threading.Thread(target=server.cron_thread, args=(0,), daemon=True).start()
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
