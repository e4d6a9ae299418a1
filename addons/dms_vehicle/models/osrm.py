"""The connector to a router: OSRM over HTTP."""

from odoo.addons.dms_base import delivery

from .. import routing

PROVIDER = "osrm"
TABLE = "routing.table"
JSON = {"Accept": "application/json"}
# Any place does: the router takes the next street that it knows.
SOMEWHERE = routing.Position(31.2304, 121.4737)


@delivery.register(PROVIDER, "Router (OSRM)")
class Osrm(delivery.Provider):
    """Sends ``{"stores": [[id, latitude, longitude], …]}``; the ways between them go
    to the distances of the group."""

    def request(self, message, endpoint):
        places = [routing.Position(*store[1:]) for store in message.payload["stores"]]
        url = routing.table_url(endpoint, places)
        return delivery.Request("GET", url, JSON, key=message.key)

    def probe(self, endpoint):
        url = routing.nearest_url(endpoint, SOMEWHERE)
        return delivery.Request("GET", url, JSON, key=delivery.unique_key())

    def verdict(self, answer, now):
        """A refusal comes with HTTP 400, and its reason in the body."""
        verdict = super().verdict(answer, now)
        if not verdict.is_healthy:
            return verdict
        try:
            routing.read_code(answer.body)
        except routing.RouterRefused as error:
            return delivery.Verdict(delivery.Outcome.PERMANENT, str(error))
        except routing.Unreadable as error:
            return self._unreadable(verdict, error)
        return verdict

    def _unreadable(self, verdict, error):
        """Asking changes nothing there: what is no answer may be asked for again."""
        if verdict.outcome is not delivery.Outcome.DELIVERED:
            return verdict
        reason = f"this is no answer of OSRM: {error}"
        return delivery.Verdict(delivery.Outcome.RETRY, reason)

    def delivered(self, message, answer):
        stores = message._data()["stores"]
        table = routing.read_table(answer.body, len(stores))
        distances = message.env["dms.store.distance"]
        distances._take_over(stores, table, message.create_date)
