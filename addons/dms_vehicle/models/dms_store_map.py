from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .. import routing
from .dms_vehicle_states import IN_STOCK


class DmsStoreMap(models.AbstractModel):
    """What the map of stores shows: of sister stores no more than name and place."""

    _name = "dms.store.map"
    _description = "Stores on the Map"

    @api.model
    @api.readonly
    def dms_stores(self):
        """Return the stores of the user's dealer group, and how to draw the map.

        :return: dict with ``stores``, ``tiles``, ``can_manage``; latitude and longitude
            are those of the tiles, both None without coordinates; ``cars`` is None of
            stores whose stock the user may not see
        """
        group = self._group()
        cars = self._cars_in_stock()
        draw = routing.TO_DATUM[group.tiles_datum or "wgs84"]
        stores = group.company_ids.filtered("dms_is_store").sorted("dms_store_code")
        return {
            "group": group.name or "",
            "stores": [self._store(store, draw, cars) for store in stores],
            "tiles": group._dms_tiles() if group else {"url": "", "source": ""},
            "can_manage": group in self.env.user._dms_managed_groups(),
        }

    @api.model
    @api.readonly
    def dms_ways(self, store_ids):
        """Return the distances between stores of the user's dealer group.

        :param store_ids: at least two
        :return: list of dicts with ``from``, ``to``, ``km``, ``minutes``, ``source``
        """
        stores = self._group().company_ids.filtered(lambda s: s.id in set(store_ids))
        if len(stores) != len(set(store_ids)):
            raise AccessError(self.env._("This is no store of your dealer group."))
        ways = stores._dms_distances(stores) if len(stores) > 1 else {}
        return [
            {"from": one, "to": other, **way}
            for (one, other), way in ways.items()
            if one != other
        ]

    def _group(self):
        user = self.env.user
        if not user.has_group("dms_base.group_dms_user"):
            raise AccessError(self.env._("The map is for the staff of dealer groups."))
        # who works in a group may know where its stores are
        companies = self.env.company.sudo() | user.sudo().company_ids
        return companies.dms_group_id[:1]

    def _cars_in_stock(self):
        """Return the cars in stock by store id, of the stores the user works in."""
        stores = self.env.user.company_ids
        cars = self.env["dms.vehicle"].with_context(allowed_company_ids=stores.ids)
        if not cars.has_access("read"):
            return {}
        domain = Domain("state", "in", IN_STOCK) & Domain(
            "company_id", "in", stores.ids
        )
        counts = cars._read_group(domain, ["company_id"], ["__count"])
        return dict.fromkeys(stores.ids, 0) | {store.id: n for store, n in counts}

    def _store(self, store, draw, cars):
        place = store._dms_position()
        latitude, longitude = draw(place) if place.is_set else (None, None)
        kinds = dict(store._fields["dms_store_kind"]._description_selection(self.env))
        return {
            "id": store.id,
            "name": store.name,
            "code": store.dms_store_code or "",
            "kind": kinds.get(store.dms_store_kind, ""),
            "city": store.city or "",
            "latitude": latitude,
            "longitude": longitude,
            "cars": cars.get(store.id),
        }
