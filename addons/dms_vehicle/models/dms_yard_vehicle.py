from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

STAY_COLUMNS = {"yard_slot_id": "slot_id", "yard_site_id": "site_id"}


class DmsVehicle(models.Model):
    """The car and its slot: read from where it stands, never written on the car."""

    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    yard_slot_id = fields.Many2one(
        "dms.yard.slot",
        "Slot",
        compute="_compute_yard_slot_id",
        search="_search_yard_slot_id",
        help="Where the car stands on the plan; empty if nobody has seen it in a slot.",
    )
    yard_site_id = fields.Many2one(
        "dms.yard.site",
        compute="_compute_yard_slot_id",
        search="_search_yard_site_id",
    )
    yard_since = fields.Datetime("In Slot Since", compute="_compute_yard_slot_id")

    def _compute_yard_slot_id(self):
        # whoever sees the car sees where it stands
        stays = self.env["dms.yard.stay"].sudo()
        domain = [("vehicle_id", "in", self.ids), ("until", "=", False)]
        names = ["vehicle_id", "slot_id", "site_id", "since"]
        found = {stay.vehicle_id.id: stay for stay in stays.search_fetch(domain, names)}
        for car in self:
            stay = found.get(car.id, stays)
            car.yard_slot_id = stay.slot_id.sudo(False)
            car.yard_site_id = stay.site_id.sudo(False)
            car.yard_since = stay.since

    @api.model
    def _search_yard_slot_id(self, operator, value):
        return self._search_stay("slot_id", operator, value)

    @api.model
    def _search_yard_site_id(self, operator, value):
        return self._search_stay("site_id", operator, value)

    @api.model
    def _search_stay(self, name, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        stays = self.env["dms.yard.stay"]
        parked = Domain("until", "=", False) & Domain("vehicle_id", "!=", False)
        is_set = operator == "in"
        values = [item for item in value if item] if is_set else value
        domain = parked & Domain(name, operator, values)
        found = Domain("id", "in", stays._search(domain).subselect("vehicle_id"))
        if is_set and len(values) < len(value):
            anywhere = stays._search(parked).subselect("vehicle_id")
            found |= Domain("id", "not in", anywhere)
        return found

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let cars, and what is about them, be grouped by slot and by site."""
        if column := STAY_COLUMNS.get(field_expr):
            return SQL.identifier(self._dms_join_stay(alias, query), column)
        return super()._field_to_sql(alias, field_expr, query)

    @api.model
    def _dms_join_stay(self, alias, query):
        """:return: the alias of the open stay of each car: an index lets it have one"""
        stay = query.make_alias(alias, "yard_stay")
        stands = SQL(
            "%s = %s AND %s IS NULL",
            SQL.identifier(stay, "vehicle_id"),
            SQL.identifier(alias, "id"),
            SQL.identifier(stay, "until"),
        )
        query.add_join("LEFT JOIN", stay, "dms_yard_stay", stands)
        return stay

    @api.ondelete(at_uninstall=False)
    def _unlink_never_seen_in_yard(self):
        # another store may have seen it; sightings may be forgotten, stays are not
        mine = [("vehicle_id", "in", self.ids)]
        seen = self.env["dms.yard.stay"].sudo().search(mine, limit=1)
        if seen := seen or self.env["dms.yard.sighting"].sudo().search(mine, limit=1):
            raise UserError(
                self.env._(
                    "%(vin)s was seen in the yard and cannot be deleted; archive it.",
                    vin=seen.vehicle_id.vin,
                )
            )

    # Actions

    def action_find_on_plan(self):
        """Open the plan where the car stands, and let its slot blink."""
        self.ensure_one()
        if not self.yard_slot_id:
            raise UserError(
                self.env._(
                    "%(vin)s stands in no slot. Scan the label of its slot and then"
                    " the car: Vehicles > Yard > Scan.",
                    vin=self.vin,
                )
            )
        action = self.yard_site_id.action_open_plan()
        action["params"] |= {"vehicle_id": self.id}
        return action

    def action_view_stays(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_yard_stay_action"
        )
        return action | {"domain": [("vehicle_id", "=", self.id)], "context": {}}
