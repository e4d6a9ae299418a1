from odoo.http import request, route

from .listing import Listing, listed


class VehiclePortal(Listing):
    """An owner's own cars."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "vehicle_count" in counters:
            domain = request.env["dms.vehicle"]._owned_domain()
            values["vehicle_count"] = request.env["dms.vehicle"].search_count(domain)
        return values

    @listed("vehicles")
    def portal_my_vehicles(self, page=1, search="", **_ignored):
        vehicles = request.env["dms.vehicle"]
        domain = vehicles._owned_domain(search)
        found, values = self._page("vehicles", vehicles, domain, page, search)
        values["vehicles"] = found._portal_cards()
        return request.render("dms_vehicle.portal_my_vehicles", values)

    @route("/my/vehicles/<int:vehicle_id>", type="http", auth="user", website=True)
    def portal_my_vehicle(self, vehicle_id, **_ignored):
        vehicle = self._own_vehicle(vehicle_id)
        if not vehicle:
            return request.not_found()
        values = self._prepare_portal_layout_values()
        values |= {"page_name": "vehicles", "vehicle": vehicle}
        values |= vehicle._portal_values()
        return request.render("dms_vehicle.portal_my_vehicle", values)

    @route(
        [
            "/my/vehicles/<int:vehicle_id>/passport/<any(create,revoke):what>",
        ],
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_vehicle_passport(self, vehicle_id, what, **_ignored):
        vehicle = self._own_vehicle(vehicle_id)
        if not vehicle:
            return request.not_found()
        if what == "create":
            vehicle._owner_makes_passport()
        else:
            vehicle._owner_ends_passport()
        return request.redirect(f"/my/vehicles/{vehicle.id}#passport")

    def _own_vehicle(self, vehicle_id):
        domain = request.env["dms.vehicle"]._owned_domain()
        return request.env["dms.vehicle"].search([*domain, ("id", "=", vehicle_id)])
