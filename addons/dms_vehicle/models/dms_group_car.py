from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import drop_view_if_exists

from .dms_vehicle_states import OPEN_TO_GROUP, STATES


class DmsGroupCar(models.Model):
    """What sales may see of the cars of all stores of their dealer group.

    These columns and no others: no cost, no customer, no document, and of the VIN its
    last six characters.
    """

    _name = "dms.group.car"
    _description = "Car in the Dealer Group"
    _inherit = ["dms.store.mixin", "dms.ageing"]
    _order = "id desc"
    _rec_name = "vin_end"
    _auto = False
    _log_access = False
    _dms_group_wide = True

    company_id = fields.Many2one(readonly=True, default=None)
    store = fields.Char("Store Name", readonly=True)
    city = fields.Char(readonly=True)
    phone = fields.Char("Phone of the Store", readonly=True)
    vin_end = fields.Char("VIN, Last Six", readonly=True)
    product_id = fields.Many2one("product.product", "Model", readonly=True)
    series_id = fields.Many2one("product.category", readonly=True)
    brand_id = fields.Many2one("dms.brand", readonly=True)
    kind = fields.Selection(
        selection=lambda self: self.env["dms.vehicle"]._fields["kind"].selection,
        readonly=True,
    )
    model_year = fields.Integer(readonly=True, aggregator=None)
    state = fields.Selection(STATES, readonly=True)
    received_date = fields.Date("Received on", readonly=True)
    expected_date = fields.Date("Expected Arrival", readonly=True)
    days_in_stock = fields.Integer(
        "Stock Age (days)", compute="_compute_days_in_stock", aggregator=None
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    msrp = fields.Monetary("MSRP", compute="_compute_msrp", help="With sales tax.")

    def init(self):
        drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            SQL(
                """
            CREATE VIEW %(view)s AS
            SELECT car.id, car.company_id, car.product_id, car.series_id, car.brand_id,
                   car.kind, car.model_year, car.state, car.received_date,
                   car.expected_date, right(car.vin, 6) AS vin_end,
                   store.name AS store, store.currency_id, address.city, address.phone
              FROM dms_vehicle car
              JOIN res_company store ON store.id = car.company_id
              JOIN res_partner address ON address.id = store.partner_id
             WHERE car.active AND car.state IN %(shown)s
            """,
                view=SQL.identifier(self._table),
                shown=OPEN_TO_GROUP,
            )
        )

    @api.depends("received_date", "state")
    @api.depends_context("tz")
    def _compute_days_in_stock(self):
        today = fields.Date.context_today(self)
        for car in self:
            start = car.received_date
            car.days_in_stock = (today - start).days if start else 0

    @api.depends("product_id", "company_id")
    def _compute_msrp(self):
        """With the taxes of the store that has the car."""
        # sales may know the price in another store, but not its taxes
        pairs = [(car.product_id, car.company_id) for car in self.sudo()]
        prices = self.env["product.product"]._dms_msrp_by_store(pairs)
        for car, pair in zip(self, pairs, strict=True):
            car.msrp = prices[pair]
