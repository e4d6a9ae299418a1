from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain

from .. import keydir, sealed

KEK_PREFIX = "sealed-kek-"


class Keys(NamedTuple):
    """Opened keys of the database.

    :param ring: opens what any available key sealed
    :param sealing: company id, or False for the whole database, to id of the key in use
    :param missing: ids of keys whose KEK is not in the key folder
    """

    ring: sealed.Keyring
    sealing: dict
    missing: frozenset

    def in_use(self, env, company_id):
        """Return the id of the key of the company, or of the database.

        :raise UserError: if neither is available
        """
        key_id = self.sealing.get(company_id) or self.sealing.get(False)
        if not key_id:
            raise UserError(
                env._(
                    "There is no key to encrypt with. Ask the administrator to restore "
                    "the key folder."
                )
            )
        return key_id


class DmsSealedKey(models.Model):
    """A data key, wrapped by a key-encryption key (KEK) that lives outside.

    A key is made with its company, in the same transaction, never when it is first
    needed: so no key that is later rolled back can have sealed anything.
    """

    _name = "dms.sealed.key"
    _description = "Encryption Key"
    _order = "id desc"
    _rec_name = "key_id"

    key_id = fields.Char(
        "Key ID",
        required=True,
        readonly=True,
        help="Stands at the head of every value this key encrypted.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Store",
        index=True,
        readonly=True,
        ondelete="restrict",
        help="Whose values the key encrypts; empty for what belongs to no store.",
    )
    purpose = fields.Selection(
        [("data", "Encrypts values"), ("index", "Makes values searchable")],
        required=True,
        readonly=True,
        default="data",
    )
    state = fields.Selection(
        [
            ("active", "In use"),
            ("retired", "Replaced"),
            ("spent", "No longer needed"),
        ],
        required=True,
        readonly=True,
        default="active",
        help="Replaced: still opens, or finds, what was written before. No longer "
        "needed: of an index key, when all search tokens were made again.",
    )
    kek = fields.Char(
        "Key-encryption key",
        required=True,
        readonly=True,
        help="Name of the file in the key folder without which this key is useless.",
    )
    wrapped = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="The key, encrypted with the key-encryption key.",
    )
    is_available = fields.Boolean(
        "Available", compute="_compute_is_available", compute_sudo=True
    )

    _key_id_uniq = models.Constraint("UNIQUE (key_id)", "Two keys with the same ID.")
    _one_active_uniq = models.UniqueIndex(
        "(purpose, COALESCE(company_id, 0)) WHERE state = 'active'",
        "A store has one key in use.",
    )

    @api.depends("wrapped", "kek")
    def _compute_is_available(self):
        for key in self:
            key.is_available = key._unwrap() is not None

    # ------------------------------------------------------------
    # Making keys
    # ------------------------------------------------------------

    @api.model
    def _set_up(self):
        """Make the keys that are missing: at installation, and after an update."""
        keys = self.sudo()
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        keys._ensure_active("index", [False])
        keys._ensure_active("data", [False, *companies.search(Domain.TRUE).ids])

    @api.model
    def _ensure_active(self, purpose, company_ids):
        in_use = self.search([("purpose", "=", purpose), ("state", "=", "active")])
        known = {key.company_id.id for key in in_use}
        self._make(purpose, [one for one in company_ids if one not in known])

    @api.model
    def _make(self, purpose, company_ids):
        """Make a fresh key in use for each company id; False is the whole database."""
        if not company_ids:
            return self
        kek_name = self._current_kek()
        vals_list = [
            self._prepare(kek_name, purpose, company_id) for company_id in company_ids
        ]
        made = self.create(vals_list)
        self._changed()
        return made

    def _prepare(self, kek_name, purpose, company_id):
        key_id = sealed.new_key_id().hex()
        wrapped = self._wrap(kek_name, key_id, purpose, sealed.new_key())
        return {
            "key_id": key_id,
            "company_id": company_id,
            "purpose": purpose,
            "kek": kek_name,
            "wrapped": wrapped,
        }

    def _changed(self):
        self.env.registry.clear_cache("stable")

    # ------------------------------------------------------------
    # Wrapping
    # ------------------------------------------------------------

    def _current_kek(self):
        """Return the name of the newest KEK; make the first one.

        :raise UserError: if keys exist but no KEK: the folder is missing, and a new
            KEK would only hide that
        """
        names = keydir.names(KEK_PREFIX)
        if names:
            return names[-1]
        if self.search_count([], limit=1):
            raise UserError(
                self.env._(
                    "The key folder %(folder)s holds no key-encryption key. Restore it "
                    "from its backup.",
                    folder=keydir.folder(),
                )
            )
        return self._new_kek(1)

    def _new_kek(self, number):
        name = f"{KEK_PREFIX}{number:0{sealed.KEY_ID_BYTES}d}"
        keydir.create(name, sealed.new_key())
        return name

    def _wrap(self, kek_name, key_id, purpose, key):
        ring, kek_id = self._kek_ring(kek_name)
        return ring.seal(kek_id, key.hex(), self._wrap_context(key_id, purpose))

    def _unwrap(self):
        """Return the bytes of the key, None if its KEK is missing or another one."""
        self.ensure_one()
        context = self._wrap_context(self.key_id, self.purpose)
        try:
            ring, _kek_id = self._kek_ring(self.kek)
            return bytes.fromhex(ring.open(self.wrapped, context))
        except sealed.SealedError:
            return None

    def _wrap_context(self, key_id, purpose):
        return sealed.Context(self._name, f"{purpose} {key_id}", 0)

    def _kek_ring(self, name):
        content = keydir.read(name)
        if content is None or len(content) != sealed.KEY_BYTES:
            raise sealed.UnknownKey(f"The key-encryption key {name} is not available.")
        kek_id = name.removeprefix(KEK_PREFIX).encode()
        return sealed.Keyring({kek_id: content}), kek_id

    # ------------------------------------------------------------
    # Using keys
    # ------------------------------------------------------------

    @api.model
    def _keys_with(self, envelope):
        """Return the opened keys, read again if the table has the key of ``envelope``.

        Another process may have made it a moment ago.
        """
        try:
            return self._keys_holding(sealed.key_id_of(envelope))
        except sealed.NotAnEnvelope:
            return self._keys()

    @api.model
    def _keys_holding(self, key_id):
        """Return the opened keys; see ``_keys_with``.

        :param bytes key_id: of the key that is wanted
        """
        keys = self._keys()
        if self._is_news(keys, key_id):
            self._changed()
            keys = self._keys()
        return keys

    def _is_news(self, keys, key_id):
        """Tell whether the table knows a key that ``keys`` do not."""
        if key_id in keys.ring or key_id in keys.missing:
            return False
        return bool(self.sudo().search_count([("key_id", "=", key_id.hex())]))

    @api.model
    def action_read_again(self):
        """Read the key folder again, after it was restored."""
        self.check_access("write")
        self._changed()

    @tools.ormcache(cache="stable")
    def _keys(self):
        """Return the opened keys of the database."""
        records = self.sudo().search([("purpose", "=", "data")])
        opened = {bytes.fromhex(key.key_id): key._unwrap() for key in records}
        ring = sealed.Keyring({k: key for k, key in opened.items() if key})
        sealing = {
            key.company_id.id: key_id
            for key in records
            if key.state == "active" and (key_id := bytes.fromhex(key.key_id)) in ring
        }
        missing = frozenset(key_id for key_id, key in opened.items() if not key)
        return Keys(ring, sealing, missing)

    @tools.ormcache("scope", cache="stable")
    def _blind_index(self, scope):
        """Return the sealed.BlindIndexes of a field.

        :param scope: "model.field"
        """
        keys = self.sudo().search([("purpose", "=", "index"), ("state", "!=", "spent")])
        current = keys.filtered(lambda key: key.state == "active")._index(scope)
        if not current:
            raise UserError(
                self.env._(
                    "The key for searching encrypted fields is missing. Ask the "
                    "administrator to restore the key folder."
                )
            )
        retired = keys.filtered(lambda key: key.state == "retired")
        older = [index for key in retired if (index := key._index(scope))]
        return sealed.BlindIndexes(current, tuple(older))

    def _index(self, scope):
        """Return the sealed.BlindIndex under this key, None without it."""
        secret = self and self._unwrap()
        tag = self and sealed.tag_of(bytes.fromhex(self.key_id))
        return sealed.BlindIndex(secret, scope, tag) if secret else None
