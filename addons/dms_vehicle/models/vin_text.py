"""Why a VIN is refused, in the user's language."""

from ..vin import explain


def vin_refusal(env, decoded):
    """:return: the sentence to show for a refused VIN, False for a valid one"""
    if decoded.valid:
        return False
    reason = _reason(env, decoded.problem)
    if not decoded.vin:
        return reason
    return env._("VIN %(vin)s: %(reason)s", vin=decoded.vin, reason=reason)


def _reason(env, problem):
    sentences = {
        "empty": lambda p: env._("Enter a VIN."),
        "too_short": lambda p: env._(
            "a VIN has 17 characters, this one has only %(length)s.", **p
        ),
        "too_long": lambda p: env._(
            "a VIN has 17 characters, this one has %(length)s.", **p
        ),
        "forbidden_letter": lambda p: env._(
            "the letter %(found)s at position %(position)s does not occur in a VIN;"
            " %(intended)s is probably meant.",
            **p,
        ),
        "bad_character": lambda p: env._(
            "%(found)s at position %(position)s is neither a digit nor a letter.", **p
        ),
        "bad_check_digit": lambda p: env._(
            "the check digit at position 9 is %(found)s but should be %(expected)s;"
            " compare it with the certificate, at least one character is wrong.",
            **p,
        ),
        "serial_not_numeric": lambda p: env._(
            "%(found)s at position %(position)s must be a digit.", **p
        ),
    }
    sentence = sentences.get(problem.code)
    return sentence(problem.params) if sentence else explain(problem)
