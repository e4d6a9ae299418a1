import json
from base64 import b64encode

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.dms_base.fields import Encrypted

from ..passport import LANGUAGES, digest, fingerprint, new_secret, qr_svg

STATES = [("active", "Active"), ("revoked", "Revoked")]
PURPOSES = [("store", "For buyers"), ("owner", "For the owner")]
CHOSEN = ("vehicle_id", "purpose", "valid_until")
HIDDEN = "********"


class DmsVehiclePassport(models.Model):
    """A public address under which anybody who has it reads and checks one car.

    The secret part of the address is encrypted with a key that lies outside the
    database; readers are found by its digest. A copy of the database therefore opens
    no passport.
    """

    _name = "dms.vehicle.passport"
    _description = "Vehicle Passport"
    _inherit = ["dms.store.mixin"]
    _order = "id desc"
    _rec_name = "vin"

    vehicle_id = fields.Many2one(
        "dms.vehicle", required=True, index=True, ondelete="cascade"
    )
    vin = fields.Char("VIN", related="vehicle_id.vin")
    company_id = fields.Many2one(
        related="vehicle_id.company_id",
        store=True,
        precompute=True,
        default=None,
        help="The store that holds the car; it looks after the passport as well.",
    )
    purpose = fields.Selection(
        PURPOSES,
        required=True,
        default="store",
        help="For buyers: on the car and in advertisements, until the car is handed "
        "over. For the owner: goes with the keys, until the car has another owner.",
    )
    state = fields.Selection(STATES, required=True, default="active", readonly=True)
    is_valid = fields.Boolean(
        compute="_compute_is_valid",
        search="_search_is_valid",
        help="Readers are let in: neither revoked nor expired.",
    )
    valid_until = fields.Date(help="Last day on which it can be read; empty: no end.")
    token = Encrypted(
        "Secret",
        mask=lambda secret: HIDDEN,
        index=False,
        readonly=True,
        help="Part of the address that nobody can guess.",
    )
    digest = fields.Char(
        readonly=True,
        copy=False,
        help="By this readers are found: SHA-256 of the secret.",
    )
    url = fields.Char("Address", compute="_compute_url")
    revoked_by_id = fields.Many2one("res.users", "Revoked by", readonly=True)
    revoked_at = fields.Datetime("Revoked on", readonly=True)
    revoke_reason = fields.Char("Reason", readonly=True)

    _digest_uniq = models.UniqueIndex("(digest)")
    _active_uniq = models.UniqueIndex(
        "(vehicle_id, purpose) WHERE state = 'active'",
        "This car has a passport of this kind already: print that one or renew it.",
    )

    @api.depends("state", "valid_until")
    def _compute_is_valid(self):
        today = fields.Date.context_today(self)
        for passport in self:
            ended = passport.valid_until and passport.valid_until < today
            passport.is_valid = passport.state == "active" and not ended

    @api.model
    def _search_is_valid(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._valid_domain()
        return Domain.OR(domain if one else ~domain for one in value)

    @api.model
    def _valid_domain(self):
        today = fields.Date.context_today(self)
        endless = Domain("valid_until", "=", False)
        return Domain("state", "=", "active") & (
            endless | Domain("valid_until", ">=", today)
        )

    @api.depends("token", "state")
    def _compute_url(self):
        for passport in self:
            path = passport._page_path()
            passport.url = path and f"{passport.get_base_url()}{path}"

    def _page_path(self):
        """Return the path of the public page, False if nobody may see it any more."""
        self.ensure_one()
        if self.state != "active" or not self.token:
            return False
        return f"/dms/passport/{self._dms_unsealed('token')}"

    @api.model_create_multi
    def create(self, vals_list):
        self._close_expired([vals.get("vehicle_id") for vals in vals_list])
        return super().create([self._prepare(vals) for vals in vals_list])

    @api.model
    def _prepare(self, vals):
        """Whoever makes a passport chooses neither its secret nor its past."""
        secret = new_secret()
        chosen = {name: vals[name] for name in CHOSEN if name in vals}
        return chosen | {"token": secret, "digest": digest(secret)}

    @api.model
    def _close_expired(self, vehicle_ids):
        """Make room for a new passport where the old one has ended by itself."""
        active = Domain("state", "=", "active") & Domain(
            "vehicle_id", "in", vehicle_ids
        )
        # closing what nobody can read any more takes no right
        ended = self.sudo().search(active & ~self._valid_domain())
        ended._end(self.env._("Expired"))

    def _end(self, reason):
        """Close these passports for ever; the caller has checked who asks."""
        active = self.filtered(lambda passport: passport.state == "active")
        # nobody may write passports, some may end them
        active.sudo().write(
            {
                "state": "revoked",
                "revoked_by_id": self.env.uid,
                "revoked_at": fields.Datetime.now(),
                "revoke_reason": reason,
            }
        )
        # what follows may need the place of the passport in the unique index
        self.flush_model()

    def _check_may_end(self):
        """:raise AccessError: unless the user ends passports of this store"""
        self.check_access("read")
        if not self.env.user.has_group("dms_base.group_dms_sales_manager"):
            raise AccessError(
                self.env._("Only sales and store managers revoke a passport: ask one.")
            )

    def _renew(self, reason):
        """Close these passports and return new ones for the same cars and purposes."""
        self._end(reason)
        return self.create(
            [
                {"vehicle_id": passport.vehicle_id.id, "purpose": passport.purpose}
                for passport in self
            ]
        )

    @api.model
    def _find(self, secret):
        """Return the valid passport of this secret as sudo, or none."""
        # readers have no account: the secret is their right
        passports = self.sudo()
        domain = Domain("digest", "=", digest(secret)) & self._valid_domain()
        return passports.search(domain, limit=1)

    def _page_values(self):
        """Return what the public page of this passport shows."""
        car = self.vehicle_id
        words, keys = car._event_words(), self._keys()
        return {
            "head": car._dms_head(),
            "store": self.company_id.name,
            "rows": car._dms_timeline(words),
            "words": json.dumps(words),
            "distance": car._distance("{number}"),
            "keys": " ".join(keys.mapped("vkey")),
            "fingerprints": _fingerprints(keys),
            "valid_until": self.valid_until,
        }

    def _passport(self, since=None):
        """Return the passport of the car as readers check it; see ``dms.log``."""
        return self.env["dms.log"]._passport(self.vin, since)

    # What the sheet shows

    def _languages(self):
        """Return the codes of the languages of the printed sheet, Chinese first."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        return [code for code in LANGUAGES.values() if code in installed] or installed[
            :1
        ]

    def _code_uri(self):
        """Return the QR code of the address as an ``src`` of a picture."""
        picture = b64encode(qr_svg(self.url).encode()).decode()
        return f"data:image/svg+xml;base64,{picture}"

    def _fingerprints(self):
        """Return name and fingerprint of each key that readers may believe."""
        return _fingerprints(self._keys())

    def _keys(self):
        # public keys are there to be compared
        return self.env["dms.log.key"].sudo()._published()

    # Actions

    def action_open_page(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}

    def action_print_sheet(self):
        return self.env.ref("dms_vehicle.dms_vehicle_passport_report").report_action(
            self
        )

    def action_revoke(self):
        self._check_may_end()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_vehicle_passport_revoke_action"
        )
        return action | {"context": {"default_passport_ids": self.ids}}

    def action_renew(self):
        """Replace a passport whose address got into wrong hands, or has ended."""
        self.ensure_one()
        self._check_may_end()
        renewed = self._renew(self.env._("Renewed"))
        return renewed.vehicle_id._open(self._name, renewed)


def _fingerprints(keys):
    return [(key.origin, fingerprint(key.vkey)) for key in keys]
