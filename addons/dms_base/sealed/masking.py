"""What of a secret may be shown to everybody."""

MASK_CHARACTER = "*"
FULL_MASK = MASK_CHARACTER * 8
_TELLING = MASK_CHARACTER * 4


def mask(value: str, head: int = 4, tail: int = 4) -> str:
    """Hide at least half of the value.

    ``110101199003074518`` becomes ``1101**********4518``. If head and tail together are
    more than half, only the tail is shown; if that is more than a third, nothing is,
    not even the length.
    """
    shown = head + tail
    if len(value) >= 2 * shown:
        hidden = MASK_CHARACTER * (len(value) - shown)
        return value[:head] + hidden + value[len(value) - tail :]
    if tail and len(value) >= 3 * tail:
        return FULL_MASK + value[-tail:]
    return FULL_MASK


def looks_masked(value: str) -> bool:
    """Tell whether somebody sends back what he was shown."""
    return _TELLING in value
