from datetime import datetime, timezone

from odoo import fields, models

from ..delivery import Breaker, BreakerPolicy, BreakerState

POLICY = BreakerPolicy()


class DmsBreakerMixin(models.AbstractModel):
    """The circuit breaker of ``delivery`` in the columns of a record."""

    _name = "dms.breaker.mixin"
    _description = "Circuit Breaker"

    breaker_state = fields.Selection(
        [("closed", "Closed"), ("open", "Interrupted"), ("half_open", "Half-open")],
        "Circuit breaker",
        required=True,
        readonly=True,
        default="closed",
        copy=False,
        help="Closed: messages go out. Open: the other side fails, nothing is sent for "
        "a while. Half-open: one message is on its way to see whether it works again.",
    )
    breaker_failures = fields.Integer("Failures in a row", readonly=True, copy=False)
    breaker_trips = fields.Integer("Opened in a row", readonly=True, copy=False)
    breaker_until = fields.Datetime("Asked again", readonly=True, copy=False)

    def _breaker(self):
        self.ensure_one()
        return Breaker(
            BreakerState(self.breaker_state),
            self.breaker_failures,
            self.breaker_trips,
            from_datetime(self.breaker_until),
        )

    def _prepare_breaker(self, breaker):
        """:return: the values to write"""
        closed = breaker.state is BreakerState.CLOSED
        return {
            "breaker_state": breaker.state.value,
            "breaker_failures": breaker.failures,
            "breaker_trips": breaker.trips,
            "breaker_until": False if closed else to_datetime(breaker.until),
        }


def from_datetime(moment):
    """:return: seconds since the epoch of a field's value, 0 if it is empty"""
    return moment.replace(tzinfo=timezone.utc).timestamp() if moment else 0.0


def to_datetime(seconds):
    """:return: the value for a field, UTC, in whole seconds"""
    return datetime.fromtimestamp(int(seconds), timezone.utc).replace(tzinfo=None)
