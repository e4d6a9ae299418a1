"""Why a key cannot be had, and a plate not be entered."""

from ..keybox import MOST_DAYS, MOST_PLATES


def step_refusal(key, code):
    """Say where the key is instead, by the code of ``keybox.step_problem``."""
    # to name who has the key, and nothing else of him
    names = {
        "key": key.display_name,
        "who": key.sudo().holder_id.name or "",
        "since": key.since and key._dms_clock(key.since) or "",
    }
    env = key.env
    messages = {
        "is_here": lambda: env._("%(key)s hangs in the cabinet.", key=names["key"]),
        "is_out": lambda: env._(
            "%(key)s is out: %(who)s has it since %(since)s. Have it brought back"
            " first.",
            **names,
        ),
        "with_customer": lambda: env._(
            "%(key)s was handed over to %(who)s on %(since)s.", **names
        ),
        "is_coming": lambda: env._(
            "%(key)s came with the car; take it into the cabinet first.",
            key=names["key"],
        ),
        "is_lost": lambda: env._(
            "%(key)s was reported lost on %(since)s. If it was found, say so first.",
            key=names["key"],
            since=names["since"],
        ),
    }
    return messages[code]()


def plate_refusal(env, code, label):
    """Say what is wrong with a temporary plate, by ``keybox.plate_problem``."""
    messages = {
        "no_dates": lambda: env._(
            "Temporary plate %(plate)s: type from when until when it holds.",
            plate=label,
        ),
        "backwards": lambda: env._(
            "Temporary plate %(plate)s ends before it begins.", plate=label
        ),
        "too_long": lambda: env._(
            "Temporary plate %(plate)s: it holds for %(days)s days at most.",
            plate=label,
            days=MOST_DAYS,
        ),
        "too_many": lambda: env._(
            "Temporary plate %(plate)s: the car already had %(count)s, more are not"
            " given.",
            plate=label,
            count=MOST_PLATES,
        ),
    }
    return messages[code]()
