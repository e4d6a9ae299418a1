"""What is suspicious in the events of one car, without Odoo.

Each rule is a dataclass whose fields are its parameters. ``judge(event, before)`` gets
an event and those of the same car that were recorded before it, in the order in which
they happened, and returns a ``Suspicion`` or None.
"""

from .delivered_twice import DeliveredTwice
from .diversion import Diversion
from .event import Event, Place, Suspicion
from .odometer_back import OdometerBack
from .refurbished import Refurbished
from .two_places import TwoPlaces

__all__ = [
    "DeliveredTwice",
    "Diversion",
    "Event",
    "OdometerBack",
    "Place",
    "Refurbished",
    "Suspicion",
    "TwoPlaces",
]
