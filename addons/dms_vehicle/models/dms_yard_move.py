from odoo import models


class StockMove(models.Model):
    """Cars that are moved by documents leave their slot, or come to one."""

    _name = "stock.move"
    _inherit = ["stock.move"]

    def _dms_follow_cars(self):
        result = super()._dms_follow_cars()
        self._dms_move_in_yard()
        return result

    def _dms_move_in_yard(self):
        # whoever moves cars need not work in the yard
        moves = self.sudo()
        sites = self.env["dms.yard.site"].sudo().with_context(active_test=False)
        if not sites.search_count(
            [("company_id", "in", moves.company_id.ids)], limit=1
        ):
            return
        slots, sites_by_place = moves._dms_bound_places()
        rows = [
            row
            for move in moves
            for car in move.move_line_ids.lot_id.dms_vehicle_ids
            if (row := move._dms_yard_row(car, slots, sites_by_place))
        ]
        self.env["dms.yard.sighting"]._dms_take(rows)

    def _dms_bound_places(self):
        """Return slot by stock location, and site by stock location."""
        places = self.location_dest_id.ids
        above = {
            int(place)
            for location in self.location_dest_id
            for place in (location.parent_path or "").split("/")
            if place
        }
        slots = self.env["dms.yard.slot"].search([("location_id", "in", places)])
        sites = self.env["dms.yard.site"].search([("location_id", "in", list(above))])
        return (
            {slot.location_id.id: slot for slot in slots},
            {site.location_id.id: site for site in sites},
        )

    def _dms_yard_row(self, car, slots, sites):
        """Return the sighting that this move is for a car, None if it tells nothing."""
        row = {
            "company_id": self.company_id.id,
            "source": "move",
            "vehicle_id": car.id,
            "user_id": self.env.uid,
        }
        if self.location_dest_id.usage != "internal":
            return row | {"occupied": False}
        if slot := slots.get(self.location_dest_id.id):
            return row | {"slot_id": slot.id}
        site = self._dms_nearest(sites)
        if site and car.yard_slot_id.site_id not in (site, site.browse()):
            return row | {"occupied": False}
        return None

    def _dms_nearest(self, sites):
        path = (self.location_dest_id.parent_path or "").split("/")
        bound = [int(place) for place in path if place and int(place) in sites]
        return sites[bound[-1]] if bound else None
