"""Why a clause cannot be written."""

from odoo.addons.dms_base.coded_error import CodedError


class ContractError(CodedError):
    """Codes: ``unknown`` (a word in braces that nobody fills, ``name``), ``empty`` (one
    that has no value in this deal, ``name``)."""
