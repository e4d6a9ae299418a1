"""The ways by which someone may try to reach a record of another store.

A door is a method whose name starts with ``door_``. It gets the record, tries to reach
it as the intruder and returns whether it got anything. An access error, or any other
refusal, means that the door is shut.
"""

import base64
import json
from datetime import timedelta
from xmlrpc.client import Fault

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Datetime
from odoo.http import Request
from odoo.tools import mute_logger

from .isolation import MARKER

REFUSALS = (AccessError, MissingError, UserError, Fault)
NAME = ["display_name"]
NOISE = (
    "odoo.addons.base.models.ir_model",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.rpc.controllers.jsonrpc",
    "odoo.addons.rpc.controllers.xmlrpc",
    "odoo.addons.web.controllers.export",
    "odoo.http",
    "odoo.sql_db",
)


class Doors:
    def __init__(self, case, intruder):
        self.case = case
        self.intruder = intruder

    def open_for(self, record):
        """Return the names of the doors by which the intruder reaches ``record``."""
        doors = [name for name in dir(self) if name.startswith("door_")]
        with mute_logger(*NOISE):
            return [name for name in doors if self._is_open(name, record)]

    def _is_open(self, name, record):
        self.case.env.flush_all()
        self.case.env.invalidate_all()
        try:
            with self.case.env.cr.savepoint(flush=False) as savepoint:
                reached = bool(getattr(self, name)(record))
                savepoint.rollback()
                return reached
        except REFUSALS:
            return False
        finally:
            self.case.env.invalidate_all()


class OrmDoors(Doors):
    def _as_intruder(self, record):
        stores = self.intruder.company_ids.ids
        context = {"allowed_company_ids": stores}
        return record.with_context(context).with_user(self.intruder)

    def _domain(self, record):
        return [("id", "=", record.id)]

    def door_read(self, record):
        return self._as_intruder(record).read()

    def door_read_in_the_context_of_the_store(self, record):
        context = {"allowed_company_ids": record.env.companies.ids}
        return record.with_user(self.intruder).with_context(context).read()

    def door_web_read(self, record):
        return self._as_intruder(record).web_read({"display_name": {}})

    def door_search(self, record):
        return record in self._as_intruder(record).search([])

    def door_search_by_id(self, record):
        return self._as_intruder(record).search(self._domain(record))

    def door_search_count(self, record):
        return self._as_intruder(record).search_count(self._domain(record))

    def door_search_read(self, record):
        return self._as_intruder(record).search_read(self._domain(record), ["id"])

    def door_web_search_read(self, record):
        found = self._as_intruder(record).web_search_read(self._domain(record), {})
        return found["records"]

    def door_name_search(self, record):
        return self._as_intruder(record).name_search("", self._domain(record))

    def door_read_group(self, record):
        groups = self._as_intruder(record)._read_group(
            self._domain(record), [], ["__count"]
        )
        return groups[0][0]

    def door_formatted_read_group(self, record):
        groups = self._as_intruder(record).formatted_read_group(
            self._domain(record), [], ["__count"]
        )
        return groups[0]["__count"]

    def door_export(self, record):
        return self._as_intruder(record).export_data(NAME)["datas"]

    def door_write(self, record):
        self._as_intruder(record).write({})
        return True

    def door_pull_into_own_store(self, record):
        own = self.intruder.company_id.id
        return "company_id" in record._fields and self._as_intruder(record).write(
            {"company_id": own}
        )

    def door_unlink(self, record):
        self._as_intruder(record).unlink()
        return not record.exists()

    def door_copy(self, record):
        return self._as_intruder(record).copy()

    def door_messages(self, record):
        if "message_ids" not in record._fields:
            return False
        record.sudo().message_post(body=MARKER)
        messages = record.env["mail.message"].with_user(self.intruder)
        return messages.search([("model", "=", record._name), *self._of(record)])

    def door_attachments(self, record):
        self._attach(record)
        attachments = record.env["ir.attachment"].with_user(self.intruder)
        return attachments.search([("res_model", "=", record._name), *self._of(record)])

    def _of(self, record):
        return [("res_id", "=", record.id)]

    def _attach(self, record):
        return record.env["ir.attachment"].create(
            {
                "name": "Isolation.txt",
                "datas": base64.b64encode(MARKER.encode()),
                "res_model": record._name,
                "res_id": record.id,
            }
        )


class HttpDoors(OrmDoors):
    """The same attempts from outside, over HTTP; needs a case that is an HttpCase."""

    def __init__(self, case, intruder):
        super().__init__(case, intruder)
        expiry = Datetime.now() + timedelta(days=1)
        keys = case.env["res.users.apikeys"].with_user(intruder)
        self.key = keys._generate(None, "isolation", expiry)

    def open_for(self, record):
        self.case.authenticate(self.intruder.login, self.intruder.login)
        return super().open_for(record)

    # XML-RPC

    def _execute(self, record, method, *args, **kwargs):
        return self.case.xmlrpc_object.execute_kw(
            self.case.env.cr.dbname,
            self.intruder.id,
            self.key,
            record._name,
            method,
            args,
            kwargs,
        )

    def door_xmlrpc_read(self, record):
        return self._execute(record, "read", record.ids, NAME)

    def door_xmlrpc_search(self, record):
        return self._execute(record, "search", self._domain(record))

    def door_xmlrpc_search_read(self, record):
        return self._execute(record, "search_read", self._domain(record), ["id"])

    def door_xmlrpc_export(self, record):
        return self._execute(record, "export_data", record.ids, NAME)["datas"]

    def door_xmlrpc_write(self, record):
        return self._execute(record, "write", record.ids, {})

    def door_xmlrpc_unlink(self, record):
        self._execute(record, "unlink", record.ids)
        return not record.exists()

    # JSON-2

    def _json2(self, record, method, **kwargs):
        response = self.case.url_open(
            f"/json/2/{record._name}/{method}",
            headers={"Authorization": f"bearer {self.key}"},
            json=kwargs,
        )
        return response.status_code == 200 and response.json()

    def door_json2_read(self, record):
        return self._json2(record, "read", ids=record.ids, fields=NAME)

    def door_json2_search(self, record):
        return self._json2(record, "search", domain=self._domain(record))

    def door_json2_search_read(self, record):
        return self._json2(record, "search_read", domain=self._domain(record))

    def door_json2_write(self, record):
        return self._json2(record, "write", ids=record.ids, vals={})

    # Pages and files

    def door_reports(self, record):
        reports = record.env["ir.actions.report"].sudo()
        bound = reports.search([("model", "=", record._name)])
        return [
            report.report_name
            for report in bound
            if self._shows(record, f"/report/html/{report.report_name}/{record.id}")
        ]

    def door_attachment_content(self, record):
        attachment = self._attach(record)
        self.case.env.flush_all()
        return self._shows(record, f"/web/content/{attachment.id}")

    def door_binary_fields(self, record):
        names = [name for name, f in record._fields.items() if f.type == "binary"]
        return [
            name
            for name in names
            if self._serves(f"/web/content/{record._name}/{record.id}/{name}")
        ]

    def door_csv_export(self, record):
        data = {
            "model": record._name,
            "fields": [{"name": "display_name", "label": "Name"}],
            "ids": record.ids,
            "domain": [],
            "import_compat": False,
        }
        url = "/web/export/csv"
        token = Request.csrf_token(self.case)
        return self._shows(record, url, {"data": json.dumps(data), "csrf_token": token})

    def _shows(self, record, url, data=None):
        text = self.case.url_open(url, data=data).text
        return any(secret in text for secret in self._secrets(record))

    def _serves(self, url):
        response = self.case.url_open(url)
        return response.status_code == 200 and response.content

    def _secrets(self, record):
        names = [name for name, f in record._fields.items() if f.type == "char"]
        values = {record.sudo()[name] for name in [*names, "display_name"]}
        return {MARKER} | {value for value in values if value and len(value) > 5}


class PortalDoors(HttpDoors):
    """What a customer of nobody finds under the address of the record."""

    def open_for(self, record):
        if "access_url" not in record._fields:
            return []
        return super().open_for(record)

    def door_page(self, record):
        url = record.sudo().access_url
        return url and url.startswith("/") and self._shows(record, url)
