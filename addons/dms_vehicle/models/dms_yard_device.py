import secrets
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

PREFIX = "dmsy_"
HINT = 4
NEWEST = """
    SELECT device, (
        SELECT taken_at FROM dms_yard_sighting
        WHERE device_id = device ORDER BY id DESC LIMIT 1
    ) FROM unnest(%s::int[]) AS device
"""


class DmsYardDevice(models.Model):
    """A gateway, camera or sensor that reports who stands in slots of a store."""

    _name = "dms.yard.device"
    _description = "Yard Device"
    _inherit = ["dms.store.mixin", "mail.thread"]
    _order = "company_id, name, id"

    name = fields.Char(required=True, tracking=True)
    site_id = fields.Many2one(
        "dms.yard.site",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="If set, the device reports about this site only, and need not name it.",
    )
    active = fields.Boolean(default=True)
    key_digest = fields.Char(copy=False, readonly=True, groups=fields.NO_ACCESS)
    key_hint = fields.Char(
        "Key ends with",
        copy=False,
        readonly=True,
        help="The key itself is shown once and kept nowhere.",
    )
    key_made_at = fields.Datetime("Key Made", copy=False, readonly=True)
    revoked_at = fields.Datetime(
        "Key Revoked", copy=False, readonly=True, tracking=True
    )
    state = fields.Selection(
        [("no_key", "No Key"), ("active", "Active"), ("revoked", "Revoked")],
        compute="_compute_state",
    )
    last_at = fields.Datetime("Last Report", compute="_compute_last_at")
    is_silent = fields.Boolean(
        "Silent",
        compute="_compute_is_silent",
        search="_search_is_silent",
        help="Its key is good, and it has reported nothing for a day.",
    )

    _key_uniq = models.UniqueIndex("(key_digest) WHERE key_digest IS NOT NULL")

    @api.depends("key_hint", "revoked_at", "active")
    def _compute_state(self):
        for device in self:
            if not device.key_hint:
                device.state = "no_key"
            else:
                is_good = device.active and not device.revoked_at
                device.state = "active" if is_good else "revoked"

    def _compute_last_at(self):
        # kept at the sightings: a device that is written at each report is a hot row
        self.env["dms.yard.sighting"].flush_model()
        newest = dict(self.env.execute_query(SQL(NEWEST, list(self._origin.ids))))
        for device in self:
            device.last_at = newest.get(device._origin.id)

    @api.depends("state", "key_made_at")
    def _compute_is_silent(self):
        day_ago = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        for device in self:
            heard = [at for at in (device.last_at, device.key_made_at) if at]
            is_heard = any(at >= day_ago for at in heard)
            device.is_silent = device.state == "active" and not is_heard

    @api.model
    def _search_is_silent(self, operator, value):
        if operator != "in":
            return NotImplemented
        # a store has a handful of devices, and millions of their sightings
        used = self.search([("key_hint", "!=", False), ("revoked_at", "=", False)])
        silent = Domain("id", "in", used.filtered("is_silent").ids)
        return Domain.OR(silent if flag else ~silent for flag in value)

    def action_new_key(self):
        """Make a key and show it, once; an older one is no longer good."""
        self.ensure_one()
        self.check_access("write")
        key = PREFIX + secrets.token_urlsafe(32)
        # the digest is closed to everybody, access was checked above
        self.sudo().write(
            {
                "key_digest": _digest(key),
                "key_hint": key[-HINT:],
                "key_made_at": fields.Datetime.now(),
                "revoked_at": False,
            }
        )
        return self.env["dms.secret.show"]._dms_show(key)

    def action_revoke(self):
        """End the key at once; a new one can be made."""
        self.check_access("write")
        self.filtered(lambda device: device.state == "active").write(
            {"revoked_at": fields.Datetime.now()}
        )

    def write(self, vals):
        # the digest is closed to everybody; whether there is one is not
        if "company_id" in vals and self.sudo().filtered("key_digest"):
            raise UserError(
                self.env._("A device with a key stays with its store; make another.")
            )
        return super().write(vals)

    @api.model
    def _dms_of_key(self, key):
        """Return the device that a key belongs to, good or revoked, as sudo."""
        # a device is no user: its key is all that identifies it
        devices = self.sudo().with_context(active_test=False)
        if not key or not key.startswith(PREFIX):
            return devices.browse()
        return devices.search([("key_digest", "=", _digest(key))])

    def action_view_sightings(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_yard_sighting_action"
        )
        return action | {"domain": [("device_id", "=", self.id)]}


def _digest(key):
    return sha256(key.encode()).hexdigest()
