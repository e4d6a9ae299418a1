"""Why something about a certificate is refused, in the user's language."""


def number_refusal(env, error):
    """:return: one sentence for a ``NumberError``"""
    sentences = {
        "empty": lambda p: env._("Enter the number of the certificate."),
        "bad_character": lambda p: env._(
            "Certificate number: %(found)s at position %(position)s is neither a digit"
            " nor a letter.",
            **p,
        ),
        "bad_length": lambda p: (
            env._(
                "Certificate number %(number)s has %(length)s characters; it should"
                " have %(shortest)s to %(longest)s. Compare it with the paper.",
                **p,
            )
            if p["shortest"] != p["longest"]
            else env._(
                "Certificate number %(number)s has %(length)s characters; it should"
                " have %(longest)s. Compare it with the paper.",
                **p,
            )
        ),
        "no_digit": lambda p: env._(
            "%(number)s has no digit; compare it with the paper.", **p
        ),
    }
    return sentences[error.code](error.params)


def move_refusal(env, code, certificate, target):
    """:param target: what the other side is called
    :return: one sentence for a code of ``custody.move_problem``
    """
    names = {
        "number": certificate.number,
        "holder": certificate.holder_name,
        "bank": certificate.lender_id.name,
        "target": target,
    }
    sentences = {
        "same_place": lambda: env._(
            "Certificate %(number)s is there already: %(holder)s.", **names
        ),
        "no_way": lambda: env._(
            "Certificate %(number)s cannot go from %(holder)s to %(target)s; it goes"
            " through the store.",
            **names,
        ),
        "not_pledged": lambda: env._(
            "Certificate %(number)s is not pledged. A bank gets a certificate only as"
            " its pledge: pledge it first.",
            **names,
        ),
        "other_bank": lambda: env._(
            "Certificate %(number)s is pledged to %(bank)s, not to %(target)s.",
            **names,
        ),
        "not_released": lambda: env._(
            "Certificate %(number)s is pledged to %(bank)s. Request its release first;"
            " once the bank has released it, it may go to %(target)s.",
            **names,
        ),
        "no_loan": lambda: env._(
            "Only a bank lends certificates, and only those pledged to it; %(number)s"
            " lies with %(holder)s.",
            **names,
        ),
    }
    return sentences[code]()
