from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..pipeline import adoption_date
from .dms_vehicle_states import OPEN
from .narrowed import narrowed
from .oem_states import OEM_STATES

ARE_OPEN = f"WHERE state IN {OPEN}"

# without a bill nothing is paid; several cars of a line may be billed one by one
UNPAID = """
    COALESCE((
        SELECT bool_or(bill.payment_state NOT IN ('paid', 'in_payment'))
          FROM account_move_line item
          JOIN account_move bill ON bill.id = item.move_id
         WHERE item.purchase_line_id = %(line)s
           AND bill.state = 'posted' AND bill.move_type = 'in_invoice'
    ), TRUE)
"""


class DmsVehicle(models.Model):
    """The way of a car from its order to the store, and when it has to be paid."""

    _inherit = "dms.vehicle"

    order_type_id = fields.Many2one(
        related="purchase_line_id.order_id.dms_order_type_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    consignment_date = fields.Date(
        "Consigned on",
        compute="_compute_consignment_date",
        store=True,
        readonly=False,
        copy=False,
        help="From this day on the car stands at the risk of the store. If the OEM "
        "names no day, it is that of shipping, or of receipt without a notice.",
    )
    adoption_date = fields.Date(
        compute="_compute_adoption_date",
        store=True,
        help="By this day the store has to pay the car: the days of its order after "
        "its consignment.",
    )
    is_unpaid = fields.Boolean(
        "Not Paid Yet",
        store=False,
        search="_search_is_unpaid",
        help="The bill of the OEM is open, or has not come.",
    )
    eta_at = fields.Datetime(
        "Arrival Reported at",
        readonly=True,
        copy=False,
        help="When the OEM named the expected arrival, by its own clock.",
    )
    oem_status = fields.Selection(
        OEM_STATES,
        "OEM Status",
        readonly=True,
        copy=False,
        help="The furthest one that the OEM has reported.",
    )

    # of a million cars fifty thousand are open: boards and searches read those alone
    _open_idx = models.Index(f"(state, id DESC) {ARE_OPEN}")
    _open_model_idx = models.Index(f"(product_id, id DESC) {ARE_OPEN}")
    _adoption_idx = models.Index(
        f"(company_id, adoption_date) {ARE_OPEN} AND adoption_date IS NOT NULL"
    )
    _delivered_idx = models.Index(
        "(company_id, delivered_date) WHERE state = 'delivered'"
    )

    @api.depends("shipped_date", "received_date")
    def _compute_consignment_date(self):
        for car in self:
            came = car.purchase_line_id and car.received_date
            known = car.consignment_date or car.shipped_date
            car.consignment_date = known or came

    @api.depends("consignment_date", "purchase_line_id.order_id.dms_adoption_days")
    def _compute_adoption_date(self):
        for car in self:
            order = car.purchase_line_id.order_id
            consigned = order.dms_order_type_id and car.consignment_date
            car.adoption_date = adoption_date(consigned, order.dms_adoption_days)

    @api.model
    def _search_is_unpaid(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain.custom(to_sql=self._unpaid_sql)

    def _unpaid_sql(self, model, alias, query):
        self.env["account.move.line"].flush_model(["purchase_line_id", "move_id"])
        self.env["account.move"].flush_model(["state", "move_type", "payment_state"])
        return SQL(UNPAID, line=SQL.identifier(alias, "purchase_line_id"))

    @api.model
    def _search(
        self,
        domain,
        offset=0,
        limit=None,
        order=None,
        *,
        active_test=True,
        bypass_access=False,
    ):
        """Ask for one column of the board by its index, and not among all cars."""
        return super()._search(
            narrowed(Domain(domain).optimize(self), "state"),
            offset,
            limit,
            order,
            active_test=active_test,
            bypass_access=bypass_access,
        )
