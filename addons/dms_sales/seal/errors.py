"""Why something cannot be sealed."""

from odoo.addons.dms_base.coded_error import CodedError


class SealError(CodedError):
    """``code`` is stable and meant for programs.

    Codes: ``password`` (it does not open the file of the certificate), ``no_key`` (the
    file has none), ``expired`` (the certificate, ``on``), ``drawing`` (no picture),
    ``no_answer`` (an authority did not answer, ``url``), ``revoked``, ``refused`` (by
    the timestamp authority), ``untrusted`` (``reason``), ``page`` (the file has none).
    """
