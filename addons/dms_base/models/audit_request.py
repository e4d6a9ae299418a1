"""Where a request comes from, in words that say nothing to whoever reads them."""

from hashlib import sha256

LENGTH = 16


def fingerprint(secret):
    """Return a short hash of a session id or API key; both are long and random."""
    return sha256(secret.encode()).hexdigest()[:LENGTH]


def where_from(request):
    """Return address and session of a request, both None for a job of the server.

    :param request: ``odoo.http.request``
    """
    if not request:
        return {"address": None, "session": None}
    key = getattr(request, "dms_api_key", None)
    session = key or (request.session.sid and fingerprint(request.session.sid))
    return {"address": request.httprequest.remote_addr, "session": session}
