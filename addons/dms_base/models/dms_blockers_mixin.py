from odoo import api, fields, models
from odoo.exceptions import UserError


class DmsBlockersMixin(models.AbstractModel):
    """What is missing before a document goes on, and who can solve it.

    A model extends ``_dms_blockers``; its form shows ``dms_blockers`` by the widget of
    that name, and its next step begins with ``_dms_check_nothing_missing``.
    """

    _name = "dms.blockers.mixin"
    _description = "What Is Missing"

    dms_blockers = fields.Json("What Is Missing", compute="_compute_dms_blockers")

    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_dms_blockers(self):
        for record in self:
            record.dms_blockers = record._dms_blockers()

    def _dms_blockers(self):
        """:return: list of what ``_dms_blocker`` makes; extend by ``super()``"""
        self.ensure_one()
        return []

    @api.model
    def _dms_blocker(self, code, text, who, record=None):
        """Describe one thing that is missing.

        :param str code: stable, meant for programs and tests
        :param str text: what is missing, translated
        :param who: recordset of users or groups, or a text: who can solve it
        :param record: where it is solved; readers without access get no link
        :return: dict of code, text, who and action (window action or False)
        """
        names = who if isinstance(who, str) else ", ".join(who.sudo().mapped("name"))
        link = bool(record) and record.has_access("read")
        action = record._get_records_action() if link else False
        return {"code": code, "text": text, "who": names, "action": action}

    def _dms_check_nothing_missing(self):
        """Refuse to go on, naming all that is missing and who can solve it."""
        for record in self:
            if missing := record._dms_blockers():
                lines = [f"- {item['text']} ({item['who']})" for item in missing]
                raise UserError(
                    self.env._(
                        "%(document)s cannot go on yet:\n%(missing)s",
                        document=record.display_name,
                        missing="\n".join(lines),
                    )
                )
