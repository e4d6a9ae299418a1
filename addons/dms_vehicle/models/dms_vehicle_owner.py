from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# What an owner without a staff account reads of his car: nothing of the store's trade.
OWNER_FIELDS = {
    "id",
    "display_name",
    "active",
    "vin",
    "plate",
    "product_id",
    "brand_id",
    "series_id",
    "kind",
    "model_year",
    "odometer_km",
    "owner_id",
    "delivered_date",
    "company_id",
}


class DmsVehicle(models.Model):
    """The car and who owns it: what the owner sees, and when passports end."""

    _name = "dms.vehicle"
    _inherit = ["dms.vehicle", "dms.vehicle.page"]

    passport_ids = fields.One2many("dms.vehicle.passport", "vehicle_id", "Passports")
    passport_count = fields.Integer(
        "Valid Passports", compute="_compute_passport_count"
    )

    @api.depends("passport_ids.is_valid")
    def _compute_passport_count(self):
        passports = self.env["dms.vehicle.passport"]
        domain = passports._valid_domain() & Domain("vehicle_id", "in", self.ids)
        counts = dict(passports._read_group(domain, ["vehicle_id"], ["__count"]))
        for vehicle in self:
            vehicle.passport_count = counts.get(vehicle, 0)

    def write(self, vals):
        before = {car: car.owner_id for car in self} if "owner_id" in vals else {}
        result = super().write(vals)
        changed = self.filtered(
            lambda car: car in before and car.owner_id != before[car]
        )
        if changed:
            changed._dms_end_passports(changed.filtered(lambda car: before[car]))
        return result

    def _dms_end_passports(self, had_owner):
        """A new owner's car is not read by those to whom others showed it.

        What was made for the first owner before the hand-over goes on.

        :param had_owner: those of the cars that belonged to somebody before
        """
        domain = Domain("vehicle_id", "in", had_owner.ids)
        domain |= Domain("vehicle_id", "in", self.ids) & Domain("purpose", "=", "store")
        # whoever hands a car over ends its passports, whether he may revoke or not
        passports = self.env["dms.vehicle.passport"].sudo()
        passports.search(domain & Domain("state", "=", "active"))._end(
            self.env._("The car has another owner")
        )

    def action_view_passports(self):
        """Open the car's passports; a new one if there is none and the user may."""
        self.ensure_one()
        passports = self.env["dms.vehicle.passport"]
        valid = self.passport_ids.filtered("is_valid")
        action = self._open(passports._name, valid or self.passport_ids)
        if not valid and passports.has_access("create"):
            action |= {"view_mode": "form", "res_id": False}
        action["domain"] = [("vehicle_id", "=", self.id)]
        return action | {"context": {"default_vehicle_id": self.id}}

    # Access of owners

    @api.model
    @api.readonly
    def find(self, text, limit=8):
        """Search as staff do, who see stores and other owners; not for owners."""
        if self.env.user.share:
            raise AccessError(self.env._("Only staff search the cars of the stores."))
        return super().find(text, limit)

    @api.model
    def _has_field_access(self, field, operation):
        # asked for each field of each read: what is cheap to know comes first
        is_closed = not self.env.su and field.name not in OWNER_FIELDS
        if is_closed and self.env.user.share:
            return False
        return super()._has_field_access(field, operation)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """What staff and former owners wrote about a car is not for its owner."""
        if self.env.user.share:
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    # Portal

    @api.model
    def _owned_domain(self, search=""):
        """Return the domain of the user's own cars, and of what he looks for."""
        me = self.env.user.partner_id.commercial_partner_id
        domain = Domain("owner_id.commercial_partner_id", "=", me.id)
        if words := search.strip():
            # what models are called is in every brochure
            models = (
                self.env["product.product"]
                .sudo()
                ._search([("display_name", "ilike", words)])
            )
            named = Domain("product_id", "in", models)
            domain &= Domain("vin", "ilike", words) | named | self._plated(words)
        return domain

    @api.model
    def _plated(self, words):
        return Domain("plate", "ilike", words.replace("·", "").replace(" ", ""))

    def _portal_cards(self):
        """Return what the list shows of each car."""
        # his rule has let the user see the cars; their models are in every brochure
        return [
            car.sudo()._dms_head() | {"id": car.id, "plate": car.plate or ""}
            for car in self
        ]

    def _portal_values(self):
        """Return what the page of one car shows."""
        car = self.sudo()  # see _portal_cards; what is shown is chosen here
        passport = car._owner_passport()
        return {
            "car": car._dms_head(),
            "delivered": car.delivered_date,
            "store": car.company_id.name,
            "events": car._dms_timeline(car._event_words()),
            "passport_path": passport and passport._page_path(),
            "orders": self._portal_documents(car.sale_line_ids.order_id),
            "invoices": self._portal_documents(
                car.sale_line_ids.invoice_lines.move_id.filtered(
                    lambda move: move.state == "posted"
                )
            ),
        }

    def _portal_documents(self, documents):
        """Keep those documents that the user may read; not those of former owners."""
        return documents.with_user(self.env.user)._filtered_access("read")

    def _owner_passport(self):
        return self.passport_ids.filtered(
            lambda one: one.is_valid and one.purpose == "owner"
        )[:1]

    def _owner_makes_passport(self):
        """Make the owner's passport, unless there is one; the caller checked whose."""
        # owners have no access to passports but through these two steps
        car = self.sudo()
        if not car._owner_passport():
            car.passport_ids.create([{"vehicle_id": self.id, "purpose": "owner"}])

    def _owner_ends_passport(self):
        # see above
        self.sudo()._owner_passport()._end(self.env._("Revoked by the owner"))
