import dataclasses
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .. import keydir
from ..merkle import EMPTY_ROOT, NoteError, PrivateKey, PublicKey
from . import log_memory
from .log_refused import LogRefused


class DmsLogKey(models.Model):
    """The public part of a key that signs the log; the private one is in the key
    folder. The name of a key is the name of the log it signs."""

    _name = "dms.log.key"
    _description = "Key of the Log"
    _order = "id desc"
    _rec_name = "vkey"

    origin = fields.Char(
        "Log",
        required=True,
        readonly=True,
        help="Name of the log, part of everything it signs.",
    )
    vkey = fields.Char(
        "Public key",
        required=True,
        readonly=True,
        help="Publish this text where readers of passports can compare it.",
    )
    state = fields.Selection(
        [
            ("active", "Active"),
            ("retired", "Retired"),
            ("lost", "Lost"),
            ("withdrawn", "Withdrawn"),
        ],
        default="active",
        required=True,
        readonly=True,
        help="Checkpoints signed by a retired or lost key stay valid; those of a "
        "withdrawn key do not.",
    )
    from_size = fields.Integer(
        "From entry",
        readonly=True,
        help="Number of entries the log had when this key took over.",
    )
    retired_at = fields.Datetime("Until", readonly=True)
    refusal = fields.Char(compute="_compute_refusal")
    refusal_text = fields.Char("Why the log stands still", compute="_compute_refusal")

    _active_uniq = models.UniqueIndex(
        "(state) WHERE state = 'active'", "The log has one active key."
    )
    _vkey_uniq = models.Constraint("UNIQUE (vkey)", "This key is known already.")

    def _compute_refusal(self):
        for key in self:
            refused = key._find_refused() if key.state == "active" else None
            key.refusal = refused and refused.reason
            key.refusal_text = refused and str(refused)

    def _find_refused(self):
        """Return the LogRefused that keeps this key from signing, None if it signs."""
        try:
            # the state of the log is no secret, its tables are closed
            key = self.sudo()
            key._private()
            self.env["dms.log.sequencer"]._check_before(key)
        except LogRefused as refused:
            return refused
        return None

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A key stays: what it signed has to be checked for ever.")
        )

    @api.model
    def _active(self):
        """Return the key that signs; the first one is made when it is needed."""
        key = self.search([("state", "=", "active")])
        return key or self._start(self._first_origin())

    @api.model
    def _published(self):
        """Return the keys whose signatures readers may believe."""
        return self.search(Domain("state", "!=", "withdrawn"))

    def _public(self):
        """Return these keys as ``merkle.PublicKey``."""
        return [PublicKey.parse(key.vkey) for key in self]

    @api.model
    def _first_origin(self):
        """Return a name for a new log that no copy of this database has taken."""
        origin = self._default_origin()
        database = self.env["dms.log.sequencer"]._database()
        while (known := log_memory.recall(origin)) and known.database != database:
            origin = self._next_origin(origin)
        return origin

    @api.model
    def _default_origin(self):
        parameters = self.env["ir.config_parameter"].sudo()  # neither is a secret
        host = urlsplit(parameters.get_param("web.base.url") or "").hostname
        mark = parameters.get_param("database.uuid")[:8]
        return f"{host or 'localhost'}/dms/log-{mark}"

    @api.model
    def _start(self, origin):
        """Make a key and let it sign from now on; the caller retires another first.

        The private part is written before the transaction ends: a key without a
        record does no harm, a record without its key would stop the log.
        """
        private = PrivateKey.generate(origin)
        keydir.create(self._file(private.public), private.text.encode())
        database = self.env["dms.log.sequencer"]._database()
        empty = log_memory.Memory(database, 0, EMPTY_ROOT)
        log_memory.begin(origin, empty)
        return self.create(
            {
                "origin": origin,
                "vkey": private.public.vkey,
                "from_size": self.env["dms.log"]._size(),
            }
        )

    @api.model
    def _file(self, public):
        return f"log-{public.id.hex()}.key"

    def _private(self):
        """Return the private key.

        :raise LogRefused: if the key folder does not hold it
        """
        self.ensure_one()
        (public,) = self._public()
        content = keydir.read(self._file(public))
        try:
            private = PrivateKey.parse((content or b"").decode())
        except (NoteError, UnicodeDecodeError):
            raise LogRefused(self.env, "key_missing") from None
        if private.public != public:
            raise LogRefused(self.env, "key_missing")
        return private

    def _retire(self, state):
        self.write({"state": state, "retired_at": fields.Datetime.now()})
        self.flush_recordset()

    # What a system administrator does

    def action_rotate(self):
        """Replace the active key by a new one; both sign the next checkpoint."""
        old = self._as_administrator()._active()
        old._private()
        old._retire("retired")
        new = old._start(old.origin)
        old._announce(new, {"old": old.vkey, "reason": "rotation"})
        old._record_with(old | new)

    def action_replace_lost(self):
        """Go on with a new key when the private part of the active one is gone."""
        old = self._as_administrator()._active()
        try:
            old._private()
        except LogRefused:
            old._retire("lost")
        else:
            raise UserError(
                self.env._("The private key is where it belongs: rotate it instead.")
            )
        new = old._start(old.origin)
        old._announce(new, {"old": old.vkey, "reason": "lost"})
        old._record_with(new)

    def action_continue(self):
        """Go on under a new name after the log went back in time.

        The entries that remain keep their places; the first new one says from where
        the log goes on, and what it had signed before.
        """
        old = self._as_administrator()._active()
        refusal = self.env["dms.log.sequencer"]._find_refusal(old)
        if refusal not in ("rolled_back", "copied", "memory_missing"):
            raise UserError(
                self.env._("The log has not gone back: nothing is to be continued.")
            )
        memory = log_memory.recall(old.origin)
        old._retire("retired")
        new = old._start(old._next_origin(old.origin))
        lost = {"lost_size": memory.size} if memory else {}
        old._announce(new, {"old": old.vkey, "reason": refusal, **lost})
        old._record_with(new)

    def action_adopt(self):
        """Go on under the same name on another server: the old database is gone.

        Refused unless this database holds everything that was signed.
        """
        key = self._as_administrator()._active()
        sequencer = self.env["dms.log.sequencer"]
        memory = log_memory.recall(key.origin)
        if sequencer._find_refusal(key) != "copied":
            raise UserError(self.env._("This database is the one that signs the log."))
        here = dataclasses.replace(memory, database=sequencer._database())
        log_memory.rewrite(key.origin, here)
        if refusal := sequencer._find_refusal(key):
            log_memory.rewrite(key.origin, memory)
            raise LogRefused(self.env, refusal)

    def action_withdraw(self):
        """Stop believing a key that somebody else got hold of."""
        self.ensure_one()
        if self.state == "active":
            raise UserError(self.env._("Rotate the key first, then withdraw it."))
        self._as_administrator()._retire("withdrawn")

    def _as_administrator(self):
        """Return self as sudo: nobody may write keys, administrators may do this.

        :raise AccessError: unless the user is a system administrator
        """
        if not self.env.is_system():
            raise AccessError(
                self.env._("Only a system administrator manages the keys of the log.")
            )
        return self.sudo()

    @api.model
    def _next_origin(self, origin):
        stem, _slash, number = origin.rpartition("/")
        if number.isdecimal():
            return f"{stem}/{int(number) + 1}"
        return f"{origin}/2"

    def _announce(self, key, body):
        """Record the change of key in the log itself."""
        self.env["dms.log.entry"]._append(
            [
                {
                    "kind": "log.key",
                    "subject": key.origin,
                    "company_id": self.env.company.id,
                    "body": {"new": key.vkey, **body},
                }
            ]
        )

    def _record_with(self, keys):
        if not self.env["dms.log.sequencer"]._sequence(signers=keys):
            raise UserError(
                self.env._("Entries are being recorded right now: try again.")
            )
