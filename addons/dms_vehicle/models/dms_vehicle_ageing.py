from odoo import api, fields, models
from odoo.fields import Domain

from ..pipeline import age_band, received_between
from .dms_vehicle_states import IN_STOCK

BANDS = [("fresh", "Fresh"), ("ageing", "Ageing"), ("old", "Old")]


class DmsAgeing(models.AbstractModel):
    """Bands of stock age by the limits of each store.

    For models with ``company_id``, ``state`` and a date from which age is counted.
    """

    _name = "dms.ageing"
    _description = "Stock Age by the Limits of the Store"
    _dms_age_since = "received_date"
    _dms_age_states = IN_STOCK

    age_band = fields.Selection(
        BANDS,
        string="Ageing",
        compute="_compute_age_band",
        search="_search_age_band",
        help="By the limits in the settings of the store.",
    )

    @api.depends(lambda self: ("state", self._dms_age_since, "company_id"))
    @api.depends_context("tz")
    def _compute_age_band(self):
        today = fields.Date.context_today(self)
        for store, cars in self.grouped("company_id").items():
            # limits are shown by colour to whoever may see the car
            store = store.sudo()
            limits = store.dms_age_warn_days, store.dms_age_limit_days
            for car in cars:
                since = car.state in self._dms_age_states and car[self._dms_age_since]
                car.age_band = since and age_band((today - since).days, *limits)

    @api.model
    def _search_age_band(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        stands = Domain("state", "in", self._dms_age_states)
        stands &= Domain(self._dms_age_since, "!=", False)
        ranges = [
            stores & self._dms_since(*received_between(band, today, *limits))
            for limits, stores in self._dms_stores_by_limits().items()
            for band in value
            if band
        ]
        domain = stands & Domain.OR(ranges)
        return domain if all(value) else domain | ~stands

    @api.model
    def _dms_stores_by_limits(self):
        """:return: dict of limits to the domain of the stores that have them"""
        # as above; which stores exist is then decided by the rules on the cars
        stores = self.env["res.company"].sudo().search([("dms_is_store", "=", True)])
        alike = stores.grouped(lambda s: (s.dms_age_warn_days, s.dms_age_limit_days))
        if len(alike) == 1:
            return dict.fromkeys(alike, Domain.TRUE)
        return {
            limits: Domain("company_id", "in", s.ids) for limits, s in alike.items()
        }

    @api.model
    def _dms_since(self, first, last):
        name = self._dms_age_since
        since = Domain(name, ">=", first) if first else Domain.TRUE
        return since & (Domain(name, "<=", last) if last else Domain.TRUE)


class DmsVehicle(models.Model):
    _name = "dms.vehicle"
    _inherit = ["dms.vehicle", "dms.ageing"]
