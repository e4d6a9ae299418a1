"""ADF 1.0, the Auto-lead Data Format: people who want a car, as XML.

Reads what web sites and OEMs send, by mail or HTTP, into dataclasses and writes it
back. Nothing has to be there; what the format does not know is kept. No Odoo here.

>>> from odoo.addons.dms_sales.adf import parse
>>> found = parse(b'''<?adf version="1.0"?><adf><prospect status="new">
...     <vehicle interest="buy"><make>Demo</make><model>X1</model></vehicle>
...     <customer><contact><name part="full">Test</name></contact></customer>
... </prospect></adf>''')
>>> [lead] = found.prospects
>>> lead.vehicles[0].model, lead.customer.contact.full_name, lead.vendor.vendorname
('X1', 'Test', '')

Source: Auto-lead Data Format, version 1.0 (ADF working group, 2000).
"""

from .customer import Address, Contact, Customer, Email, Name, Phone, Street, TimeFrame
from .document import Adf, Instruction, Prospect, Provider, Vendor
from .error import AdfError
from .node import Id
from .reader import LARGEST, parse
from .vehicle import (
    Balance,
    Amount,
    ColorCombination,
    Finance,
    ImageTag,
    Odometer,
    Option,
    Price,
    Vehicle,
)
from .writer import write

__all__ = [
    "LARGEST",
    "Address",
    "Adf",
    "AdfError",
    "Amount",
    "Balance",
    "ColorCombination",
    "Contact",
    "Customer",
    "Email",
    "Finance",
    "Id",
    "ImageTag",
    "Instruction",
    "Name",
    "Odometer",
    "Option",
    "Phone",
    "Price",
    "Prospect",
    "Provider",
    "Street",
    "TimeFrame",
    "Vehicle",
    "Vendor",
    "parse",
    "write",
]
