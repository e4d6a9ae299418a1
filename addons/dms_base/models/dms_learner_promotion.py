from odoo import api, fields, models
from odoo.fields import Domain


class DmsLearnerPromotion(models.Model):
    """A version was made the champion. The last one says which version is it now."""

    _name = "dms.learner.promotion"
    _description = "Champion Made"
    _inherit = ["dms.append.only", "dms.store.mixin"]
    _order = "id desc"
    _rec_name = "version_id"
    _log_access = False

    version_id = fields.Many2one(
        "dms.learner.version", required=True, ondelete="restrict", index=True
    )
    learner_id = fields.Many2one(
        related="version_id.learner_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="version_id.company_id",
        store=True,
        precompute=True,
        required=False,
        default=None,
    )
    scope = fields.Selection(
        related="version_id.scope",
        store=True,
        precompute=True,
    )
    place = fields.Char(
        "Where It Holds",
        compute="_compute_place",
        store=True,
        precompute=True,
        index=True,
        help="The store or the dealer group, as programs know it.",
    )
    at = fields.Datetime("Time", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "By", required=True, ondelete="restrict")

    @api.depends("version_id")
    def _compute_place(self):
        for promotion in self:
            promotion.place = self._place_of(promotion.version_id)

    @api.model
    def _place_of(self, version):
        group = version.company_id.sudo().dms_group_id  # only its id
        if version.scope == "group" and group:
            return f"group {group.id}"
        return f"store {version.company_id.id}"

    @api.model_create_multi
    def create(self, vals_list):
        # nothing is taken from outside but the version, which must be in sight
        versions = [vals.get("version_id") for vals in vals_list]
        self.env["dms.learner.version"].browse(versions).check_access("read")
        known = {"user_id": self.env.uid, "at": fields.Datetime.now()}
        return super().create([known | {"version_id": id_} for id_ in versions])

    @api.model
    def _latest(self, domain, company):
        """:return: the last promotion in a store, else in its dealer group"""
        places = [f"store {company.id}", f"group {company.sudo().dms_group_id.id}"]
        found = self.search(Domain(domain) & Domain("place", "in", places))
        own = found.filtered(lambda promotion: promotion.place == places[0])
        return (own or found)[:1]

    @api.model
    def _before(self, version):
        """:return: the version that was the champion before the present one"""
        made = self.search(
            [
                ("learner_id", "=", version.learner_id.id),
                ("place", "=", self._place_of(version)),
                ("version_id", "!=", version.id),
            ],
            limit=1,
        )
        return made.version_id
