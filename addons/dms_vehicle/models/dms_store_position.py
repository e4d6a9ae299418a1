from itertools import product

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import routing

MOVES = {"dms_latitude", "dms_longitude", "dms_group_id", "dms_store_kind", "active"}


class ResCompany(models.Model):
    """Where stores are, in WGS-84, and how far from each other."""

    _name = "res.company"
    _inherit = ["res.company"]

    @api.constrains("dms_latitude", "dms_longitude")
    def _check_dms_position(self):
        """The database itself refuses what lies nowhere on earth."""
        for store in self:
            in_china = store.country_id.code == "CN"
            try:
                routing.check_position(store._dms_position(), in_china)
            except routing.PositionProblem as problem:
                if message := store._dms_position_message(problem):
                    raise ValidationError(message) from problem

    def _dms_position_message(self, problem):
        place = self._dms_position()
        messages = {
            "swapped": self.env._(
                "%(store)s lies in China, but latitude %(latitude)s and longitude "
                "%(longitude)s do not. Are the two exchanged? Try latitude "
                "%(longitude)s and longitude %(latitude)s.",
                store=self.name,
                latitude=place.latitude,
                longitude=place.longitude,
            ),
            "incomplete": self.env._(
                "Enter both the latitude and the longitude of %(store)s.",
                store=self.name,
            ),
        }
        return messages.get(problem.code)

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        # who opens a store may not read its group yet
        companies._dms_moved(companies.sudo().dms_group_id)
        return companies

    def write(self, vals):
        if not MOVES & set(vals):
            return super().write(vals)
        before = self._dms_whereabouts()
        res = super().write(vals)
        after = self._dms_whereabouts()
        moved = self.filtered(lambda store: before[store.id] != after[store.id])
        groups = [before[store.id][0] | after[store.id][0] for store in moved]
        moved._dms_moved(self.env["dms.group"].union(*groups))
        return res

    def _dms_whereabouts(self):
        # where a store is, is no secret; it is compared before and after
        return {
            store.id: (
                store.dms_group_id,
                store._dms_is_located(),
                store._dms_position(),
            )
            for store in self.sudo()
        }

    def _dms_moved(self, groups):
        """Measure anew what changed with the places of these stores."""
        if self and groups:
            self.env["dms.store.distance"]._refresh(groups, moved=self)

    def _dms_position(self):
        self.ensure_one()
        return routing.Position(self.dms_latitude, self.dms_longitude)

    def _dms_is_located(self):
        return self.dms_is_store and self.active and self._dms_position().is_set

    # ------------------------------------------------------------
    # Distances
    # ------------------------------------------------------------

    def _dms_distance_to(self, other):
        """Return how far it is by road to another store of the group.

        :return: dict ``{"km": 12.3, "minutes": 20, "source": "osrm"}``; the source is
            "osrm" where a router answered, "manual" where the group admin knows
            better, else "great_circle"
        :raise UserError: if a store has no coordinates or is of another group
        """
        self.ensure_one()
        other.ensure_one()
        return self._dms_distances(other)[self.id, other.id]

    def _dms_distances(self, others):
        """Return the distances from each of ``self`` to each of ``others``.

        :return: dict of (id, id) to what :meth:`_dms_distance_to` returns
        """
        # a store may know how far its sisters are, and reads nothing else of them
        stores, others = self.sudo(), others.sudo()
        (stores | others)._dms_check_can_measure()
        known = self.env["dms.store.distance"]._known(stores, others)
        return {
            (one.id, other.id): known.get((one.id, other.id)) or one._dms_guess(other)
            for one, other in product(stores, others)
        }

    def _dms_check_can_measure(self):
        if len(self.dms_group_id) != 1 or not all(s.dms_group_id for s in self):
            raise UserError(
                self.env._(
                    "Distances are known between stores of one dealer group only: "
                    "%(stores)s.",
                    stores=", ".join(self.mapped("name")),
                )
            )
        if lost := self.filtered(lambda store: not store._dms_position().is_set):
            raise UserError(
                self.env._(
                    "Coordinates are missing for %(stores)s. A group admin enters them "
                    "in the settings of the store.",
                    stores=", ".join(lost.mapped("name")),
                )
            )

    def _dms_guess(self, other):
        guess = self.dms_group_id._dms_estimator().between(
            self._dms_position(), other._dms_position()
        )
        return {"km": guess.km, "minutes": guess.minutes, "source": "great_circle"}


class DmsStoreDetails(models.AbstractModel):
    _name = "dms.store.details"
    _inherit = ["dms.store.details"]

    dms_datum = fields.Selection(
        selection=lambda self: self.env["dms.group"]._selection_datum(),
        string="Coordinates Are In",
        default="wgs84",
        required=True,
        help="Choose GCJ-02 for coordinates that you copy from Amap or Tencent; they "
        "are stored as WGS-84.",
    )

    def _prepare_details(self):
        """Coordinates that were not touched are WGS-84 already."""
        vals = super()._prepare_details()
        typed = routing.Position(self.dms_latitude, self.dms_longitude)
        if self.company_id and self.company_id._dms_position() == typed:
            return vals
        place = routing.FROM_DATUM[self.dms_datum](typed)
        return vals | {"dms_latitude": place.latitude, "dms_longitude": place.longitude}
