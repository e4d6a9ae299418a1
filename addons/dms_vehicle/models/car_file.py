"""Files about cars: what people upload and the rows that go back to them."""

import base64

from odoo.exceptions import UserError

from odoo.addons.dms_base.tabular import TableError, read_rows, write_xlsx

from ..asn import columns
from .row_text import table_refusal


def read_cars(env, filename, content):
    """Read an uploaded file, base64 as Odoo's binary fields hold it.

    :return: list of (line number, cells by header)
    :raise UserError: if it is no table, or no column of it is a VIN
    """
    rows = read_table(env, filename, content)
    if rows and "vin" not in columns(rows[0].cells):
        raise UserError(
            env._(
                "No column is named VIN or 车架号; the first line has: %(columns)s.",
                columns=", ".join(filter(None, rows[0].cells)),
            )
        )
    return [(row.number, row.cells) for row in rows]


def read_table(env, filename, content):
    """Read any uploaded table, see ``read_cars``.

    :return: list of ``tabular.Row``
    """
    try:
        return list(read_rows(filename or "", base64.b64decode(content or b"")))
    except TableError as error:
        raise UserError(table_refusal(env, error)) from error


def rejected_cars(env, problems, about=None):
    """:return: XLSX file of (line number, VIN, reason), base64"""
    header = (env._("Row"), about or env._("VIN"), env._("Reason"))
    return base64.b64encode(write_xlsx(header, problems))
