from werkzeug.exceptions import abort

from odoo.http import request, route

from .refusal import Refusal


def door(path, limit):
    """A public route where other programs leave messages; it tells them apart itself.

    :param limit: bytes that a message may have at the most
    """
    return route(
        path,
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=lambda _controller: _within(limit),
    )


def _within(limit):
    """Refuse what is too large before it is read, so that programs can read why."""
    if (request.httprequest.content_length or 0) > limit:
        detail = f"{limit} bytes at most in one message"
        abort(Refusal(413, "too_large", detail).answer())
    return limit
