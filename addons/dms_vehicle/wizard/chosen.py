"""What the user had chosen when he opened a window."""


def chosen(env, model):
    """Return the records, as the default of a many2many of a wizard.

    :param model: of which model they must be; none if others were chosen
    """
    is_model = env.context.get("active_model") == model
    return env[model].browse(env.context.get("active_ids", []) if is_model else [])
