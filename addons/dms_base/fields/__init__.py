"""Field types of the suite, used like those of ``odoo.fields``."""

from .encrypted import Encrypted, has_secret, unmask
