from odoo.http import route


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
        max_content_length=limit,
    )
