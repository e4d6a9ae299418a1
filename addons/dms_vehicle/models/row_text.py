"""Why a row or a whole file is refused, in the user's language."""


def row_refusal(env, error):
    """:return: one sentence for a RowError"""
    if error.code == "missing":
        return env._("The VIN is missing.")
    if error.code == "not_a_row":
        return env._("A row must be an object with a VIN.")
    if error.code == "string_too_long":
        return env._("“%(value)s” is too long.", value=error.value)
    return env._(
        "The %(field)s “%(value)s” cannot be read; write dates as 2026-03-05 and"
        " amounts as 123456.78.",
        field=_field_names(env).get(error.field, error.field),
        value=error.value,
    )


def _field_names(env):
    return {
        "shipped_date": env._("shipping date"),
        "expected_date": env._("expected arrival"),
        "received_date": env._("date of receipt"),
        "odometer_km": env._("odometer"),
        "unit_cost": env._("cost"),
    }


def table_refusal(env, error):
    """:return: one sentence for a TableError"""
    sentences = {
        "empty": env._("The file is empty; the first line must name the columns."),
        "encoding": env._("The text is neither UTF-8 nor GB 18030; save it as UTF-8."),
        "format": env._("Send a CSV or XLSX file."),
        "xlsx": env._("The XLSX file is damaged; open and save it again."),
        "too_long": env._("The file has over a million rows; split it."),
    }
    return sentences[error.code]
