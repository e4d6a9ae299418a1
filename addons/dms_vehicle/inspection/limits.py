"""Whether a measured value is as it should be."""


def is_within(value: float, minimum: float = 0, maximum: float = 0) -> bool:
    """:param maximum: 0 for no upper limit"""
    return value >= minimum and (not maximum or value <= maximum)
