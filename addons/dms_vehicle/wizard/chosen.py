"""What the user had chosen when he opened a window."""

from odoo import Command


def chosen(env, model):
    """Return the value of a many2many, as ``default_get`` gives it.

    :param model: of which model the chosen records must be
    :return: commands that set the records; None if others were chosen, or none
    """
    if env.context.get("active_model") != model:
        return None
    return [Command.set(env.context.get("active_ids", []))]
