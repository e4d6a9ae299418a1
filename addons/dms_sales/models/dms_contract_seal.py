"""The seal of the store, put on by a job: it asks authorities over the network."""

import base64
import hashlib
import logging
from datetime import timedelta, timezone

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.dms_base import delivery, timestamp

from ..seal import Box, SealError, Stamper, ask, check, seal

_logger = logging.getLogger(__name__)
PLACE = Box(320, 590, 220, 80)
STAMPS = "rfc3161"
LIMITS = delivery.Limits(connect_s=5, read_s=10, total_s=15)
AGAIN = timedelta(minutes=5)
BATCH = 20
NETWORK = (
    delivery.NotSent,
    delivery.NoAnswer,
    delivery.AddressRefused,
    SealError,
    UserError,
    ValueError,
)


class DmsContract(models.Model):
    _name = "dms.contract"
    _inherit = ["dms.contract"]

    @api.model
    def _cron_seal(self):
        """Seal what customers have signed; what fails is tried again later."""
        now = fields.Datetime.now()
        due = Domain("seal_after", "=", False) | Domain("seal_after", "<=", now)
        todo = self.search(Domain("state", "=", "customer") & due, limit=BATCH)
        self.env["ir.cron"]._commit_progress(remaining=len(todo))
        for contract in todo:
            contract = contract.try_lock_for_update()
            if contract.state == "customer":
                contract._dms_seal_or_note()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _dms_seal_or_note(self):
        """Seal, or say on the contract why not, and when it is tried again."""
        try:
            with self.env.cr.savepoint():
                self._dms_seal()
        except NETWORK as error:
            _logger.info("%s is not sealed: %s", self._dms_number(), error)
            self.write(
                {
                    "seal_error": self._dms_seal_text(error),
                    "seal_after": fields.Datetime.now() + AGAIN,
                }
            )

    def _dms_seal_text(self, error):
        if not isinstance(error, SealError):
            return str(error)
        texts = {
            "revoked": self.env._("The certificate of the store was revoked."),
            "refused": self.env._("The timestamp authority refused."),
            "no_answer": self.env._("The certificate authority does not answer."),
        }
        reason = error.params.get("reason", "")
        unknown = self.env._("The certificate is not trusted: %(why)s", why=reason)
        return texts.get(error.code, unknown)

    def action_dms_seal_again(self):
        """Try at once, not in some minutes."""
        self.check_access("write")
        # the job writes these; who asks was checked
        self.sudo().write({"seal_after": False, "seal_error": False})
        self.env.ref("dms_sales.ir_cron_contract_seal").sudo()._trigger()

    def _dms_seal(self):
        """:raise UserError: if the store lacks something, see ``NETWORK`` for others"""
        self.ensure_one()
        own, authority = self._dms_seal_of_store(), self._dms_stamps()
        identity = own._dms_identity()
        trust = [identity.roots, authority.trusted_roots or ""]
        sealed = seal(
            self._dms_kept("pdf_signed", "signed_digest"),
            identity,
            Stamper(self._dms_poster(authority)),
            ask(identity.certificates, self._dms_sender()),
            trust,
            PLACE,
            self._dms_number(),
        )
        self._dms_keep_sealed(sealed, own, "\n".join(trust))

    def _dms_seal_of_store(self):
        own = self.env["dms.seal"]._dms_of(self.company_id)
        if not own:
            raise UserError(
                self.env._(
                    "%(store)s has no valid seal: load its certificate.",
                    store=self.company_id.name,
                )
            )
        return own

    def _dms_stamps(self):
        """:return: connector to the timestamp authority of the store, as superuser"""
        # the store seals, whoever of its staff began it
        found = (
            self.env["dms.connector"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("provider", "=", STAMPS),
                    ("state", "in", ("active", "broken")),
                ],
                limit=1,
            )
        )
        if not found:
            raise UserError(
                self.env._(
                    "%(store)s has no active connector to a timestamp authority.",
                    store=self.company_id.name,
                )
            )
        return found

    def _dms_poster(self, connector):
        client = connector._dms_client(LIMITS)
        headers = {"Content-Type": timestamp.QUERY, "Accept": timestamp.REPLY}

        def post(query):
            key = hashlib.sha256(query).hexdigest()
            request = delivery.Request("POST", connector.endpoint, headers, query, key)
            return self._dms_body(client.send(request), connector.endpoint)

        return post

    def _dms_sender(self):
        """:return: what asks authorities about certificates; they want no login"""
        guard = self.env["dms.connector"]._dms_guard()
        client = delivery.Client(delivery.Credentials(), guard, LIMITS)

        def send(method, url, headers, body):
            request = delivery.Request(method, url, headers, body)
            return self._dms_body(client.send(request), url)

        return send

    def _dms_body(self, answer, url):
        if answer.status != 200 or not answer.is_whole:
            raise SealError("no_answer", url=url)
        return answer.body

    def _dms_keep_sealed(self, sealed, own, trust):
        found = check(sealed, [trust])
        if found.code != "good":
            raise SealError("untrusted", reason=found.code)
        at = found.at.astimezone(timezone.utc).replace(tzinfo=None)
        digest = hashlib.sha256(sealed).hexdigest()
        self.sudo().write(
            {
                "pdf_signed": base64.b64encode(sealed),
                "sealed_digest": digest,
                "sealed_at": fields.Datetime.now(),
                "stamped_at": at,
                "seal_id": own.id,
                "trust": trust,
                "seal_error": False,
            }
        )
        self._dms_log(
            "contract.sealed",
            file=digest,
            certificate=own.fingerprint,
            stamped=fields.Datetime.to_string(at),
        )
        self.message_post(body=self.env._("The store has sealed the contract."))
        self._dms_confirm_order()

    def _dms_confirm_order(self):
        """What waited for the contract is ordered; what else is missing is told."""
        # by the limits of whoever sells, not by those of the job
        seller = self.order_id.user_id or self.create_uid
        order = self.order_id.with_user(seller).with_company(self.company_id)
        if not self.company_id.dms_contract_required or order.state == "sale":
            return
        try:
            with self.env.cr.savepoint():
                order.action_confirm()
        except UserError as error:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=self.user_id.id or self.env.uid,
                summary=self.env._("Signed, but the order cannot be confirmed"),
                note=str(error),
            )
