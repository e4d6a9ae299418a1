"""The window that an action opens on one record."""


def form_window(model, res_id):
    """Return the action that opens a record the caller knows by model and id.

    The record need not be there any more; what is there has ``_get_records_action``.
    """
    return {
        "type": "ir.actions.act_window",
        "res_model": model,
        "res_id": res_id,
        "views": [(False, "form")],
    }
