"""What the public page of a car's passport computes; no Odoo, no database."""

from .code import qr_svg
from .facts import UNREADABLE, Facts, facts_of
from .fingerprint import fingerprint
from .language import LANGUAGES, choose
from .secret import digest, new_secret

__all__ = [
    "LANGUAGES",
    "UNREADABLE",
    "Facts",
    "choose",
    "digest",
    "facts_of",
    "fingerprint",
    "new_secret",
    "qr_svg",
]
