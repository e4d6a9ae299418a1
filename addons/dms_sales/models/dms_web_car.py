from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.sql import drop_view_if_exists

from odoo.addons.dms_vehicle.models.dms_vehicle_states import COMING, STATES

NEW_UP_TO_KM = 100


class DmsWebCar(models.Model):
    """New cars that customers of the web shop may still have: which model, where, when.

    These columns and no others: no VIN, no cost, no document. Promised, held and
    demonstration cars are not among them.
    """

    _name = "dms.web.car"
    _description = "Free Car of the Web Shop"
    _inherit = ["dms.store.mixin"]
    _order = "is_coming, received_date, expected_date, id"
    _rec_name = "product_id"
    _auto = False
    _log_access = False
    _dms_group_wide = True

    company_id = fields.Many2one(readonly=True, default=None)
    product_id = fields.Many2one("product.product", "Model", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    is_coming = fields.Boolean("On Its Way", readonly=True)
    received_date = fields.Date("Received on", readonly=True)
    expected_date = fields.Date("Expected Arrival", readonly=True)

    def init(self):
        drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            SQL(
                """
            CREATE VIEW %(view)s AS
            SELECT car.id, car.company_id, car.product_id, car.state,
                   car.state <> 'in_stock' AS is_coming,
                   car.received_date, car.expected_date
              FROM dms_vehicle car
             WHERE car.active AND car.state IN %(shown)s
               AND car.product_id IS NOT NULL AND car.delivered_date IS NULL
               AND COALESCE(car.odometer_km, 0) <= %(km)s
               AND NOT EXISTS (
                   SELECT FROM dms_reservation held
                    WHERE held.vehicle_id = car.id AND held.state = 'held'
                      AND held.held_until >= now() AT TIME ZONE 'UTC')
               AND NOT EXISTS (
                   SELECT FROM dms_drive_car serving
                    WHERE serving.vehicle_id = car.id AND serving.active
                      AND (serving.until IS NULL OR serving.until >= CURRENT_DATE))
               AND NOT EXISTS (
                   SELECT FROM dms_transfer_line asked
                    WHERE asked.vehicle_id = car.id AND asked.holds)
               AND NOT EXISTS (
                   SELECT FROM sale_order_line sold
                     JOIN stock_move move ON move.sale_line_id = sold.id
                    WHERE sold.dms_vehicle_id = car.id AND sold.state = 'sale'
                      AND move.state NOT IN ('done', 'cancel'))
            """,
                view=SQL.identifier(self._table),
                shown=(*COMING, "in_stock"),
                km=NEW_UP_TO_KM,
            )
        )
