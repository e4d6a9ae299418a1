"""What the guard reads when a car may not pass."""

from ..gate import CodeError, parse_code
from ..gate.odometer import MOST_KM


def verdict_refusal(one, found):
    """Say why a pass lets nothing through, by the verdict of the core.

    :param one: the ``dms.gate.pass``
    :param str found: ``not_left``, or a verdict of ``gate.verdict``
    """
    env, names = one.env, {"name": one.name, "vin": one.vin}
    messages = {
        "not_left": lambda: env._(
            "%(vin)s has not left by gate pass %(name)s: it cannot come back.", **names
        ),
        "too_early": lambda: env._("Gate pass %(name)s is not valid yet.", **names),
        "expired": lambda: env._(
            "Gate pass %(name)s has expired. Ask who issued it for another.", **names
        ),
        "cancelled": lambda: env._(
            "Gate pass %(name)s was cancelled: the car stays.", **names
        ),
        "used": lambda: env._(
            "Gate pass %(name)s was used: %(vin)s has left for good.", **names
        ),
        "returned": lambda: env._(
            "Gate pass %(name)s was used: %(vin)s has come back.", **names
        ),
        "take_back": lambda: env._("%(vin)s is out already.", **names),
    }
    return messages[found]()


def odometer_refusal(env, code, least):
    """Say what is wrong with a reading, by the code of ``odometer_problem``."""
    messages = {
        "missing": lambda: env._("Type what the odometer shows: this car comes back."),
        "negative": lambda: env._("The odometer cannot be negative."),
        "too_large": lambda: env._(
            "No odometer shows more than %(most)s km; read it again.", most=MOST_KM
        ),
        "went_back": lambda: env._(
            "The odometer showed %(least)s km before and cannot show less; read it"
            " again. If it was replaced, a manager records that on the car first.",
            least=least,
        ),
    }
    return messages[code]()


def code_refusal(env, text):
    """:return: what is wrong with what was typed or scanned, empty if nothing is"""
    try:
        parse_code(text)
    except CodeError as error:
        code, found = error.code, error.found
        messages = {
            "empty": lambda: env._("Scan or type the code of a gate pass."),
            "bad_character": lambda: env._(
                "No code has the sign %(sign)s; compare it with the paper.",
                sign=found,
            ),
            "bad_length": lambda: env._("The code has 16 letters and digits."),
            "mistyped": lambda: env._(
                "One sign of the code is wrong; compare it with the paper."
            ),
        }
        return messages[code]()
    return ""
