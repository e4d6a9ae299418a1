from odoo import api, fields, models

from odoo.addons.dms_base.models.role_holder import role_holder

LATE = "dms_vehicle.mail_activity_key_late"
ASKED = "dms_base.group_dms_sales_manager"


class DmsKeyItem(models.Model):
    """Keys and plates that are not back in time: a manager of the store is told.

    Once for each, as each comes back by itself; the clock at the top of the screen
    shows him all of them in one line.
    """

    _name = "dms.key.item"
    _inherit = ["dms.key.item", "mail.activity.mixin"]

    @api.model
    def _cron_late(self):
        """Ask for what is overdue in all stores; a second run asks for nothing."""
        self.search([("is_overdue", "=", True)])._ask_for_late()

    def _ask_for_late(self):
        told = set(self._late_activities().mapped("res_id"))
        late = self.filtered(lambda key: key.id not in told)
        for store, keys in late.grouped("company_id").items():
            if user := role_holder(self.env.ref(ASKED), store.id):
                keys._ask(user)

    def _ask(self, user):
        # the nightly job waits for no mail server
        context = {"lang": user.lang, "tz": user.tz, "mail_activity_quick_update": True}
        keys = self.with_context(**context)
        self.env["mail.activity"].create([key._prepare_late(user) for key in keys])

    def _prepare_late(self, user):
        due = fields.Datetime.context_timestamp(self, self.due_at)
        return {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "activity_type_id": self.env.ref(LATE).id,
            "user_id": user.id,
            "date_deadline": due.date(),
            "summary": self.env._(
                "%(key)s should be back: %(who)s has it since %(since)s",
                key=self.display_name,
                who=self.holder_id.name or "",
                since=self._dms_clock(self.since),
            ),
        }

    def _step(self, step, notes=None, **vals):
        late = self.filtered("is_overdue")
        moves = super()._step(step, notes, **vals)
        late._forget_late()
        return moves

    def _forget_late(self):
        if self:
            self._late_activities().unlink()

    def _late_activities(self):
        return self.env["mail.activity"]._dms_of(self, LATE)
