from odoo import models
from odoo.tools import SQL


class Base(models.AbstractModel):
    """One at a time, for whatever must not happen twice to a record."""

    _inherit = "base"

    def _dms_claim(self):
        """Let one transaction at a time go on with these records.

        Who comes second waits for the first, is then rolled back and retried, and
        so sees what the first has done: a lock alone would leave it blind to that.
        """
        if self:
            table = SQL.identifier(self._table)
            self.env.execute_query(
                SQL(
                    "UPDATE %s SET id = id WHERE id IN %s RETURNING id",
                    table,
                    tuple(self.ids),
                )
            )
