from odoo import models


class DmsAuditWaiting(models.Model):
    """Entries that no batch holds yet: a queue; ``id`` is that of the entry."""

    _name = "dms.audit.waiting"
    _description = "Audit Entry to be Closed"
    _log_access = False
    _dms_audit = False
