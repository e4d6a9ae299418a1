"""What people read when a licence does not do."""


def licence_refusal(env, code, holder="", classes="", needed="", until=None):
    """Say what is wrong with a licence, by the code of ``licence_problem``.

    :param str code: of the core, or ``unseen``
    """
    messages = {
        "missing": lambda: env._(
            "Enter the driving licence of %(holder)s: number, classes, last day.",
            holder=holder,
        ),
        "unreadable": lambda: env._(
            "%(classes)s is no class of driving licence. Write what stands on it, for"
            " example C1, C2 or A2D.",
            classes=classes or "",
        ),
        "wrong_class": lambda: env._(
            "This car needs class %(needed)s; the licence of %(holder)s is for"
            " %(classes)s. Offer another car, or let another person drive.",
            needed=needed,
            holder=holder,
            classes=classes,
        ),
        "expired": lambda: env._(
            "The licence of %(holder)s ended on %(until)s: %(holder)s may not drive.",
            holder=holder,
            until=until,
        ),
        "unseen": lambda: env._(
            "Look at the original licence of %(holder)s and press “Seen in the"
            " Original”.",
            holder=holder,
        ),
    }
    return messages[code]()
