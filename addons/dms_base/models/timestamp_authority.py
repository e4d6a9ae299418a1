"""The connector to a timestamp authority: RFC 3161 over HTTP."""

from base64 import b64decode

from .. import delivery, timestamp

PROVIDER = "rfc3161"


@delivery.register(PROVIDER, "Timestamp authority (RFC 3161)")
class TimestampAuthority(delivery.Provider):
    """Sends ``{"query": base64 of the request}``; the answer goes to the checkpoint."""

    def request(self, message, endpoint):
        headers = {"Content-Type": timestamp.QUERY, "Accept": timestamp.REPLY}
        body = b64decode(message.payload["query"])
        return delivery.Request("POST", endpoint, headers, body, message.key)

    def verdict(self, answer, now):
        verdict = super().verdict(answer, now)
        if verdict.outcome is not delivery.Outcome.DELIVERED:
            return verdict
        try:
            timestamp.decode(answer.body)
        except timestamp.TimestampError as error:
            return delivery.Verdict(delivery.Outcome.PERMANENT, str(error))
        return verdict

    def delivered(self, message, answer):
        checkpoint = message.env["dms.log.checkpoint"].browse(message.res_id)
        query = b64decode(message._data()["query"])
        roots = (message.connector_id.trusted_roots or "").encode()
        checkpoint._keep_timestamp(answer.body, query, roots)
