"""The short message in the corner of the screen that an action answers with."""


def notification(message, good=True, **params):
    """Return the action; bad news stay until they are clicked away.

    :param params: further ones of the client action, for example ``title``, ``next``
    """
    params = {"type": "success" if good else "danger", "sticky": not good, **params}
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": params | {"message": message},
    }
