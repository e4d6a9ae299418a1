"""What to say next, beside the lead."""

from odoo import api, fields, models

from .dms_talk_script import OBJECTIONS


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead"]

    dms_objection = fields.Selection(
        OBJECTIONS, "Objection", help="What keeps the customer from buying."
    )
    dms_next_step = fields.Char("Next Step", compute="_compute_dms_talk")
    dms_script_ids = fields.Many2many(
        "dms.talk.script", string="What to Say Now", compute="_compute_dms_talk"
    )

    @api.depends("dms_objection", "dms_answered_at", "dms_deal_ids.state")
    def _compute_dms_talk(self):
        for lead in self:
            stage = lead._dms_talk_stage()
            scripts = self.env["dms.talk.script"]._dms_for(stage, lead.dms_objection)
            lead.dms_script_ids = scripts
            lead.dms_next_step = scripts[:1].next_step or False

    def _dms_talk_stage(self):
        """:return: where the talk stands, by what has happened"""
        states = set(self.dms_deal_ids.mapped("state"))
        if "offered" in states:
            return "closing"
        if "draft" in states:
            return "offer"
        if self.dms_channel == "walk_in":
            return "visit"
        return "needs" if self.dms_answered_at else "first_contact"

    def dms_note_script(self, script_id, helped):
        """One tap: a script was used with this customer, and helped or not.

        :return: the success rate of the script in percent
        """
        self.ensure_one()
        self.check_access("write")
        uses = self.env["dms.talk.use"]
        script = self.env["dms.talk.script"].browse(script_id)
        domain = [("script_id", "=", script.id), ("lead_id", "=", self.id)]
        use = uses.search(domain, limit=1)
        if use:
            use.helped = helped
        else:
            uses.create(
                {
                    "script_id": script.id,
                    "lead_id": self.id,
                    "company_id": self.company_id.id,
                    "helped": helped,
                }
            )
        return script.success_rate
