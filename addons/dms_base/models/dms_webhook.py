import secrets
from datetime import timezone

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError

from .. import delivery
from ..delivery import kinds


class DmsWebhook(models.Model):
    """A program that wants to be told of events of a store.

    Its calls go through the outbox: each subscription has a connector of its own, so
    that one subscriber who is down keeps no other waiting.
    """

    _name = "dms.webhook"
    _description = "Webhook Subscription"
    _inherit = ["dms.store.mixin"]
    _order = "company_id, name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    events = fields.Char(
        required=True,
        default="*",
        help="Kinds of events, separated by commas: vehicle.received is one kind, "
        "vehicle.* all kinds of the vehicle, * everything.",
    )
    url = fields.Char(
        "Address",
        required=True,
        help="Where events are posted. It begins with https and does not lie in our "
        "own network, unless a system administrator has allowed that.",
    )
    connector_id = fields.Many2one(
        "dms.connector", readonly=True, index=True, ondelete="restrict", copy=False
    )
    state = fields.Selection(related="connector_id.state")

    @api.constrains("events")
    def _check_events(self):
        for webhook in self:
            try:
                patterns = kinds.split(webhook.events)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "%(pattern)s is not a kind of event. Write vehicle.received, "
                        "vehicle.* or *.",
                        pattern=error,
                    )
                ) from error
            if not patterns:
                raise ValidationError(self.env._("Name at least one kind of event."))

    @api.model_create_multi
    def create(self, vals_list):
        webhooks = super().create(vals_list)
        for webhook in webhooks:
            webhook._make_connector()
        self.env.registry.clear_cache()
        return webhooks

    def write(self, vals):
        if "connector_id" in vals and not self.env.su:
            # through another connector its address could be changed
            raise AccessError(self.env._("A subscription keeps its connector."))
        res = super().write(vals)
        if {"name", "url", "active", "company_id"} & set(vals):
            for webhook in self:
                connector = webhook._connector()
                connector.write(webhook._prepare_connector())
        self.env.registry.clear_cache()
        return res

    def unlink(self):
        connectors = self._connector()
        res = super().unlink()
        connectors.write({"active": False, "state": "paused"})
        self.env.registry.clear_cache()
        return res

    @api.model
    def dms_subscribe(self, name, url, events="*"):
        """Subscribe to events of the current store; for programs.

        :param events: such as ``vehicle.*, order.confirmed``
        :return: {"id": …, "secret": …}; the secret is shown this once
        """
        webhook = self.create({"name": name, "url": url, "events": events})
        return {"id": webhook.id, "secret": webhook._new_secret()}

    def dms_renew_secret(self):
        """Replace the secret, for example because it became known.

        :return: {"id": …, "secret": …}; the old one is void at once
        """
        self.ensure_one()
        self.check_access("write")
        return {"id": self.id, "secret": self._new_secret()}

    def action_renew_secret(self):
        """Make a new secret and show it, once."""
        secret = self.dms_renew_secret()["secret"]
        return self.env["dms.secret.show"]._dms_show(secret)

    @api.model
    def _publish(self, kind, subject, payload, company):
        """Tell the subscribers of a store that something happened.

        One message per subscription, in the transaction of the caller. Events of the
        same subject reach each subscriber in their order.

        :param kind: such as ``vehicle.received``
        :param subject: what it happened to, such as the VIN
        :param payload: a JSON value without personal data that is not needed
        :return: the messages, as superuser
        """
        messages = self.env["dms.outbox.message"].sudo()
        event = self._prepare_event(kind, subject, payload, company)
        for connector_id, patterns in self._subscriptions(company.id):
            if kinds.matches(kind, patterns):
                # whoever does business need not see who listens
                connector = self.env["dms.connector"].sudo().browse(connector_id)
                messages |= connector._dms_send(
                    kind, event, ordering_key=subject, idempotency_key=event["id"]
                )
        return messages

    @api.model
    def _prepare_event(self, kind, subject, payload, company):
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        return {
            "id": delivery.unique_key(),
            "kind": kind,
            "subject": subject,
            "occurred_at": now.isoformat(),
            "store": company.sudo().dms_store_code or "",
            "data": payload,
        }

    @tools.ormcache("company_id")
    def _subscriptions(self, company_id):
        """:return: ids of connectors and their patterns; asked on every event"""
        # whoever does business need not see who listens
        webhooks = self.sudo().search([("company_id", "=", company_id)])
        return [(hook.connector_id.id, kinds.split(hook.events)) for hook in webhooks]

    def _connector(self):
        # integrators manage their subscriptions, not connectors
        return self.sudo().connector_id

    def _make_connector(self):
        vals = self._prepare_connector() | {
            "code": f"webhook-{self.id}",
            "provider": "webhook",
            "auth_kind": "hmac",
            "secret": secrets.token_urlsafe(32),
        }
        # integrators manage their subscriptions, not connectors
        webhook = self.sudo()
        webhook.connector_id = self.env["dms.connector"].sudo().create(vals)

    def _prepare_connector(self):
        return {
            "name": self.name,
            "company_id": self.company_id.id,
            "endpoint": self.url,
            "state": "active" if self.active else "paused",
        }

    def _new_secret(self):
        secret = secrets.token_urlsafe(32)
        self._connector().secret = secret
        return secret
