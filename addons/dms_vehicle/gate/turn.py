"""What a pass lets through next, and whether its car is late."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Slip:
    """What a pass says, and what the guard has checked by it.

    :ivar back_by: when the car must be back; None: it leaves for good
    :ivar left_at: when the guard let it out; None: not yet
    :ivar returned_at: when he took it back
    """

    valid_from: datetime
    valid_until: datetime
    back_by: datetime | None = None
    left_at: datetime | None = None
    returned_at: datetime | None = None
    is_cancelled: bool = False


def state_of(slip: Slip, now: datetime) -> str:
    """:return: ``issued``, ``out``, ``returned``, ``expired`` or ``cancelled``"""
    if slip.returned_at:
        return "returned"
    if slip.left_at:
        return "out"
    if slip.is_cancelled:
        return "cancelled"
    return "expired" if slip.valid_until < now else "issued"


def verdict(slip: Slip, now: datetime) -> str:
    """Say what the guard does with a car that comes with this pass.

    A car that is out is taken back whenever it comes; being late is no reason to send
    it away.

    :return: ``let_out`` or ``take_back``; or why neither: ``too_early``, ``expired``,
        ``cancelled``, ``used`` (left for good) or ``returned``
    """
    state = state_of(slip, now)
    if state == "out":
        return "take_back" if slip.back_by else "used"
    if state == "issued":
        return "too_early" if now < slip.valid_from else "let_out"
    return state


def is_late(slip: Slip, now: datetime) -> bool:
    """:return: whether the car should have been back by now"""
    is_out = state_of(slip, now) == "out"
    return bool(is_out and slip.back_by and slip.back_by < now)
