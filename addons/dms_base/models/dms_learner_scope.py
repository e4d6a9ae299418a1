from odoo import fields, models

SCOPES = [("store", "The Store"), ("group", "The Dealer Group")]


class DmsLearnerScope(models.AbstractModel):
    """Whose history something was learnt from, and so where it holds.

    What holds for the dealer group can be read in all its stores; it keeps the store
    whose people asked for it.
    """

    _name = "dms.learner.scope"
    _description = "Learnt for a Store or a Dealer Group"
    _inherit = ["dms.store.mixin"]

    scope = fields.Selection(
        SCOPES,
        "Learnt For",
        required=True,
        default="store",
        help="One store learns from its own history and keeps what it learnt; a dealer"
        " group learns from the history of all its stores.",
    )

    def _dms_stores(self):
        """:return: the stores whose history counts"""
        self.ensure_one()
        if self.scope == "store":
            return self.company_id
        # a group learns from stores that he who asks for it need not work in
        return self.company_id | self.company_id.sudo().dms_group_id.company_ids
