"""Odoo over HTTP, with a provider whose messages create a contact.

    python hook_server.py CONFIGURATION DATABASE

``{"name": …, "pause_s": …}``: the contact is created, then the server waits, then the
transaction is committed.
"""

import sys
import time

from werkzeug.serving import make_server

import odoo.http
from odoo.modules.registry import Registry
from odoo.service.server import load_server_wide_modules
from odoo.tools import config


def main(conf, database):
    config.parse_config(["-c", conf, "-d", database])
    load_server_wide_modules()
    Registry(database)
    _register()
    server = make_server("127.0.0.1", 0, odoo.http.root, threaded=True)
    print(f"http://127.0.0.1:{server.port}", flush=True)
    server.serve_forever()


def _register():
    from odoo.addons.dms_base import delivery
    from odoo.addons.dms_base.delivery.http_json import HttpJson

    @delivery.register("test_contact", "Contact of a test")
    class Contact(HttpJson):
        def receive(self, message):
            wanted = message._data()
            partner = message.env["res.partner"].create({"name": wanted["name"]})
            message.env.flush_all()
            print("acted", flush=True)
            time.sleep(wanted.get("pause_s", 0))
            return {"contact": partner.id}


if __name__ == "__main__":
    main(*sys.argv[1:])
