from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class AccountMove(models.Model):
    """Money that moved in a month whose books are closed meanwhile.

    Odoo posts such an entry in the first month that is open. The lender counts his
    interest by the day the money moved, and so does the store.
    """

    _name = "account.move"
    _inherit = ["account.move"]

    dms_value_date = fields.Date(
        "Value Date",
        copy=False,
        help="The day the money moved, by which the lender counts interest. Empty: the"
        " accounting date.",
    )

    dms_is_floorplan = fields.Boolean(
        "About Floorplan Cars", compute="_compute_dms_is_floorplan", compute_sudo=True
    )

    @api.depends("line_ids.dms_floorplan_id")
    def _compute_dms_is_floorplan(self):
        for move in self:
            move.dms_is_floorplan = bool(move.line_ids.dms_floorplan_id)

    @api.constrains("dms_value_date", "date")
    def _check_dms_value_date(self):
        for move in self:
            if move.dms_value_date and move.dms_value_date > move.date:
                raise ValidationError(
                    self.env._(
                        "%(entry)s: the value date %(day)s is the day the money moved"
                        " and cannot come after the accounting date %(date)s. Correct"
                        " one of them.",
                        entry=move.ref or move.display_name,
                        day=move.dms_value_date,
                        date=move.date,
                    )
                )

    def write(self, vals):
        if "dms_value_date" in vals:
            self._dms_check_value_date_open()
        return super().write(vals)

    def _dms_check_value_date_open(self):
        if posted := self.filtered(lambda move: move.state == "posted"):
            raise UserError(
                self.env._(
                    "%(entry)s is posted: interest counts by its value date. Reset it"
                    " to draft before you change that day.",
                    entry=posted[0].display_name,
                )
            )

    def _dms_keep_value_date(self):
        """Write the day down before Odoo posts the entry in a month that is open."""
        undated = self.filtered(lambda m: m.dms_is_floorplan and not m.dms_value_date)
        for move in undated.filtered(lambda m: m._dms_is_dated_in_closed_books()):
            move.dms_value_date = move.date

    def _dms_is_dated_in_closed_books(self):
        has_tax = self._affect_tax_report()
        return bool(self._get_violated_lock_dates(self.date, has_tax))

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """Taken back on its own day, an entry is as if it had never been."""
        values = default_values_list or [{} for _move in self]
        for move, vals in zip(self, values, strict=True):
            if fields.Date.to_date(vals.get("date")) == move.date:
                vals["dms_value_date"] = move.dms_value_date
        return super()._reverse_moves(values, cancel)
