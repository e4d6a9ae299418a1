"""Why there is so much commission, in words."""


def line_text(env, code, facts, currency, sees_cost):
    """:param facts: of the core's line, as JSON
    :param sees_cost: whether the reader may know what a deal has earned
    :return: one sentence
    """
    texts = {
        "per_unit": _per_unit,
        "gross_share": _gross_share if sees_cost else _gross_share_closed,
        "ladder": _ladder,
        "penetration": _penetration,
        "cap": _cap,
        "clawback": _clawback,
    }
    return texts[code](env, facts, lambda amount: currency.format(float(amount)))


def _per_unit(env, facts, _money):
    return env._("for one car delivered")


def _gross_share(env, facts, money):
    return env._(
        "%(percent)s %% of a gross of %(gross)s",
        percent=facts["percent"],
        gross=money(facts["gross"]),
    )


def _gross_share_closed(env, facts, _money):
    return env._("%(percent)s %% of the gross", percent=facts["percent"])


def _ladder(env, facts, money):
    if facts["first"] == 1 and facts["last"] == facts["units"]:
        return env._(
            "%(units)s cars, %(per_unit)s each",
            units=facts["units"],
            per_unit=money(facts["per_unit"]),
        )
    return env._(
        "cars %(first)s to %(last)s of %(units)s, %(per_unit)s each",
        first=facts["first"],
        last=facts["last"],
        units=facts["units"],
        per_unit=money(facts["per_unit"]),
    )


def _penetration(env, facts, _money):
    return env._(
        "%(count)s of %(units)s deals, %(percent)s %%; from %(least)s %% on",
        count=facts["count"],
        units=facts["units"],
        percent=facts["percent"],
        least=facts["from_percent"],
    )


def _cap(env, facts, money):
    return env._(
        "%(total)s is more than the limit of %(cap)s a month",
        total=money(facts["total"]),
        cap=money(facts["cap"]),
    )


def _clawback(env, facts, _money):
    return env._(
        "paid in %(month)s for deals that were taken back since: %(deals)s",
        month=facts["month"],
        deals=facts["deals"],
    )
