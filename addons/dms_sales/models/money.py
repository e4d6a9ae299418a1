"""Between amounts of records, which are floats, and those of the cores."""

from decimal import Decimal

from odoo.addons.dms_base.money import cents


def exact(amount):
    """:return: an amount of a record in yuan, to the cent"""
    return cents(Decimal(str(amount or 0)))
