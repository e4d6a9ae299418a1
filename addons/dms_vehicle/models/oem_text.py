"""Why a report or a file of an OEM is refused, in the user's language."""


def report_refusal(env, error):
    """:return: one sentence for a RowError of a report"""
    if error.code == "not_a_row":
        return env._("A row must be an object with an order or a VIN, status and time.")
    if error.code == "string_too_long":
        return env._("“%(value)s” is too long.", value=error.value)
    if error.field == "status":
        return env._(
            "The status “%(value)s” is unknown; there are acknowledged (已确认), "
            "scheduled (已排产), in production (生产中), built (已下线) and shipped "
            "(已发运).",
            value=error.value,
        )
    if error.code == "missing" or not error.value:
        return env._("The %(field)s is missing.", field=_name(env, error.field))
    return env._(
        "The %(field)s “%(value)s” cannot be read; write dates as 2026-03-05 and "
        "moments as 2026-03-05 08:30.",
        field=_name(env, error.field),
        value=error.value,
    )


def _name(env, field):
    names = {
        "at": env._("time of the status"),
        "eta": env._("expected arrival"),
        "line": env._("order line"),
        "consignment_date": env._("date of consignment"),
        "reference": env._("allocation number"),
        "product_code": env._("model code"),
        "period": env._("month"),
        "valid_until": env._("last day of validity"),
    }
    return names.get(field, field)
