"""Bands of the probability to buy, as the trade names them."""

# from which probability on
BANDS = {"h": 0.5, "a": 0.25, "b": 0.1, "c": 0.0}


def band(score: float) -> str:
    """:return: ``h``, ``a``, ``b`` or ``c``

    >>> band(0.62), band(0.1), band(0)
    ('h', 'b', 'c')
    """
    return next(name for name, least in BANDS.items() if score >= least)
