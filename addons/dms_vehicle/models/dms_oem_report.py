from odoo import api, fields, models
from odoo.exceptions import UserError

from .oem_intake import take_reports
from .oem_states import OEM_STATES

COLUMNS = (
    "reference",
    "company_id",
    "purchase_line_id",
    "vehicle_id",
    "vin",
    "status",
    "at",
    "eta",
    "consignment_date",
    "is_news",
    "taken_at",
    "user_id",
)


class DmsOemReport(models.Model):
    """What an OEM has said about an order line or a car; nothing of it is changed."""

    _name = "dms.oem.report"
    _description = "OEM Report"
    _inherit = ["dms.append.only", "dms.store.mixin"]
    _order = "id desc"
    _rec_name = "reference"
    _log_access = False
    _dms_happens = True

    reference = fields.Char(
        required=True,
        help="By it a report that comes once more is recognised. If the OEM sends "
        "none, the same content is the same report.",
    )
    company_id = fields.Many2one(default=None, ondelete="restrict")
    purchase_line_id = fields.Many2one(
        "purchase.order.line", "Order Line", ondelete="restrict", index=True
    )
    order_id = fields.Many2one(related="purchase_line_id.order_id", string="Order")
    product_id = fields.Many2one(related="purchase_line_id.product_id", string="Model")
    vehicle_id = fields.Many2one(
        "dms.vehicle", ondelete="restrict", index="btree_not_null"
    )
    vin = fields.Char("VIN")
    status = fields.Selection(OEM_STATES, required=True)
    at = fields.Datetime("When", required=True, help="By the clock of the OEM.")
    eta = fields.Date("Expected Arrival")
    consignment_date = fields.Date("Consigned on")
    is_news = fields.Boolean(
        "Changed Something",
        help="Reports that come late change nothing; they are kept.",
    )
    taken_at = fields.Datetime("Received at", required=True)
    user_id = fields.Many2one("res.users", "Entered by", ondelete="restrict")

    _reference_uniq = models.UniqueIndex(
        "(company_id, reference)", "This report was received already."
    )
    _company_idx = models.Index("(company_id, id)")

    @api.model
    def dms_push_reports(self, rows, store_code=False):
        """Take reports of an OEM in; for integrators.

        A report that was sent before changes nothing, one that comes late neither.

        :param list rows: dicts with ``order``, ``oem_number`` or ``vin``, ``status``,
            ``at``; optionally ``line``, ``product_code``, ``eta``, ``reference``,
            ``consignment_date``, ``engine_number``, ``allocation``
        :param str store_code: code of the store, if the program works for several
        :return: {"accepted": int, "unchanged": int, "rejected": [{row, about, reason}]}
        """
        self.check_access("create")
        return self._take(rows, self._store_of(store_code)).result()

    @api.model
    def _store_of(self, code):
        stores = self.env.companies
        if code:
            stores = stores.filtered(lambda store: store.dms_store_code == code)
        if not stores:
            raise UserError(
                self.env._(
                    "You have no store %(code)s: compare the store code.", code=code
                )
            )
        return self.env.company if self.env.company in stores else stores[0]

    @api.model
    def _take(self, rows, company):
        """:return: the intake, with what became of the rows"""
        if not isinstance(rows, list):
            raise UserError(
                self.env._("The rows must be a list, one object per report.")
            )
        return take_reports(self.env, company, list(enumerate(rows, start=1)))

    @api.model
    def _append(self, vals_list):
        rows = [tuple(vals[name] for name in COLUMNS) for vals in vals_list]
        reports = self._dms_insert(COLUMNS, rows) if rows else self.browse()
        self.env["purchase.order.line"].invalidate_model(["dms_oem_report_ids"])
        return reports

    def action_open_order(self):
        """Open the order that the report is about."""
        self.ensure_one()
        return self.order_id._get_records_action(context={})
