"""The events in the life of a car as the log tells them; nothing of Odoo."""

from .body import event_body
