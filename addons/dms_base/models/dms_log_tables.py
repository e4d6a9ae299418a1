from odoo import fields, models


class DmsLogWaiting(models.Model):
    """Entries without a place: a queue; ``id`` is that of the entry."""

    _name = "dms.log.waiting"
    _description = "Log Entry Waiting for its Place"
    _log_access = False
    _dms_audit = False


class DmsLogLeaf(models.Model):
    """The place of each entry: the leaf with index i has the id i + 1.

    ``n`` counts the entries of the subject, ``prev`` is the hash of the one before.
    The bytes of the leaf are written anew from the entry whenever they are needed, so
    a changed entry no longer fits its hash.
    """

    _name = "dms.log.leaf"
    _description = "Leaf of the Log"
    _inherit = ["dms.append.only"]
    _log_access = False

    entry_id = fields.Many2one("dms.log.entry", required=True, ondelete="restrict")
    subject = fields.Char(required=True)
    n = fields.Integer("Number", required=True)
    prev = fields.Char("Hash of the previous")
    hash = fields.Char(required=True)

    _entry_uniq = models.UniqueIndex("(entry_id)", "An entry has one place in the log.")
    _n_uniq = models.UniqueIndex(
        "(subject, n)", "The entries of a subject are numbered one by one."
    )


class DmsLogTile(models.Model):
    """256 hashes side by side that will never change; partial tiles are computed."""

    _name = "dms.log.tile"
    _description = "Tile of the Log"
    _inherit = ["dms.append.only"]
    _log_access = False

    level = fields.Integer(required=True)
    number = fields.Integer(required=True)
    hashes = fields.Binary(required=True, attachment=False)
    root = fields.Char(required=True)

    _number_uniq = models.UniqueIndex("(level, number)", "A tile is stored once.")
