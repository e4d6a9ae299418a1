from odoo import api, models

from .. import routing
from .osrm import PROVIDER, TABLE


class DmsConnector(models.Model):
    _name = "dms.connector"
    _inherit = ["dms.connector"]

    @api.model
    def _provider_label(self, cls):
        if cls.name == PROVIDER:
            return self.env._("Router (OSRM)")
        return super()._provider_label(cls)

    @api.model
    def _dms_router(self, group):
        """Return the router of a dealer group, whichever store has entered it.

        :return: a connector as superuser, empty if there is none that works
        """
        # whoever moves a store need not see the credentials of the connector
        return self.sudo().search(
            [
                ("provider", "=", PROVIDER),
                ("company_id.dms_group_id", "=", group.id),
                ("state", "in", ("active", "broken")),
            ],
            limit=1,
        )

    def _dms_ask_ways(self, group, stores):
        """Ask for the ways between stores, unless just that question waits already."""
        self.ensure_one()
        places = [[s.id, *s._dms_position()] for s in stores.sorted("id")]
        for block in routing.blocks(places):
            payload = {"stores": block}
            if len(block) > 1 and not self._dms_is_asking(payload):
                self._dms_send(TABLE, payload, record=group)

    def _dms_is_asking(self, payload):
        # who has the router asked need not read messages; they are only counted
        waiting = (
            self.env["dms.outbox.message"]
            .sudo()
            .search(
                [
                    ("connector_id", "=", self.id),
                    ("kind", "=", TABLE),
                    ("state", "in", ("waiting", "sending")),
                ]
            )
        )
        return payload in [message._data() for message in waiting]
