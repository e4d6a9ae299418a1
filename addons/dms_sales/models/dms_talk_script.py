from odoo import api, fields, models

# A script that nobody has used yet counts like one that helped in one case of two.
PRIOR_HELPED = 1
PRIOR_USED = 2
STAGES = [
    ("first_contact", "First Contact"),
    ("needs", "Finding Out Needs"),
    ("visit", "Visit"),
    ("test_drive", "Test Drive"),
    ("offer", "Offer"),
    ("closing", "Closing"),
]
OBJECTIONS = [
    ("price", "Too Expensive"),
    ("rival", "Another Brand"),
    ("range", "Range"),
    ("wait", "Delivery Takes Too Long"),
    ("family", "Must Ask the Family"),
    ("trade_in", "Trade-in Too Low"),
    ("loan", "Monthly Rate"),
    ("later", "Not Now"),
]


class DmsTalkScript(models.Model):
    """What to say (话术) at a stage and to an objection, and how often it helped."""

    _name = "dms.talk.script"
    _description = "Talk Script"
    _order = "success_rate desc, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    stage = fields.Selection(STAGES, required=True, index=True)
    objection = fields.Selection(OBJECTIONS, index="btree_not_null")
    body = fields.Text("What to Say", required=True, translate=True)
    next_step = fields.Char(
        "Then Do", translate=True, help="The best next step after these words."
    )
    company_id = fields.Many2one(
        "res.company",
        "Store",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: for all stores.",
    )
    use_ids = fields.One2many("dms.talk.use", "script_id", "Uses")
    used_count = fields.Integer("Used", readonly=True)
    helped_count = fields.Integer("Helped", readonly=True)
    success_rate = fields.Float(
        "Helps (%)",
        compute="_compute_success_rate",
        store=True,
        aggregator="avg",
        help="Of the times it was used, drawn towards one half while there are few.",
    )

    _counts = models.Constraint(
        "CHECK (helped_count <= used_count)", "It cannot help more often than be used."
    )

    @api.depends("used_count", "helped_count")
    def _compute_success_rate(self):
        for script in self:
            helped = script.helped_count + PRIOR_HELPED
            script.success_rate = 100 * helped / (script.used_count + PRIOR_USED)

    @api.model
    def _dms_for(self, stage, objection, limit=3):
        """:return: the scripts of a stage, those for the objection first, best first"""
        domain = [("stage", "=", stage), ("objection", "in", [False, objection])]
        if not objection:
            domain = [("stage", "=", stage)]
        scripts = self.search(domain)
        return scripts.sorted(lambda one: one.objection != objection)[:limit]

    def action_dms_used(self):
        """The words were said; the lead is the one beside which they stand."""
        return self._dms_note(False)

    def action_dms_helped(self):
        return self._dms_note(True)

    def _dms_note(self, helped):
        lead = self.env["crm.lead"].browse(self.env.context.get("dms_lead_id"))
        for script in self:
            lead.dms_note_script(script.id, helped)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class DmsTalkUse(models.Model):
    """A consultant used a script with a customer; it helped, or not yet."""

    _name = "dms.talk.use"
    _description = "Use of a Talk Script"
    _inherit = ["dms.store.mixin"]
    _order = "id desc"
    _rec_name = "script_id"

    script_id = fields.Many2one(
        "dms.talk.script", required=True, index=True, ondelete="cascade"
    )
    lead_id = fields.Many2one(
        "crm.lead",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    helped = fields.Boolean()

    _once = models.UniqueIndex(
        "(script_id, lead_id)", "This script is noted for this lead already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        uses = super().create(vals_list)
        uses.script_id.check_access("read")  # counting goes past the script's rules
        uses._count("used_count", 1)
        uses.filtered("helped")._count("helped_count", 1)
        return uses

    def write(self, vals):
        before = self.filtered("helped")
        res = super().write(vals)
        after = self.filtered("helped")
        (after - before)._count("helped_count", 1)
        (before - after)._count("helped_count", -1)
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_uncount(self):
        self.filtered("helped")._count("helped_count", -1)
        self._count("used_count", -1)

    def _count(self, name, step):
        """Consultants count, and do not write scripts otherwise."""
        for script, uses in self.sudo().grouped("script_id").items():
            script._dms_claim()  # two who count at once both count
            script.invalidate_recordset([name])
            script[name] += step * len(uses)
