"""Which car bears what of a carrier's bill; nothing of Odoo."""

from .shares import shares, to_land

__all__ = ["shares", "to_land"]
