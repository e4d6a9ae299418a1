from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..transfer import STEPS, problem
from ..transfer.steps import ASKING, GIVING
from .dms_transfer_roles import ROLES


class DmsTransferRequest(models.Model):
    """The steps of a transfer. Each is one click of one side.

    Who may read the request may not write it: a step checks side, state and role, and
    then writes for him.
    """

    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    my_steps = fields.Char("Steps for Me", compute="_compute_my_steps")
    is_giving_side = fields.Boolean(compute="_compute_is_side")
    is_asking_side = fields.Boolean(compute="_compute_is_side")

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("state", "undo_side")
    def _compute_my_steps(self):
        for request in self:
            steps = [step for step in STEPS if request._dms_is_my_step(step)]
            request.my_steps = f",{','.join(steps)}," if steps else ""

    @api.depends_context("allowed_company_ids")
    @api.depends("company_id", "giving_company_id")
    def _compute_is_side(self):
        for request in self:
            sides = request._dms_sides()
            request.is_giving_side = GIVING in sides
            request.is_asking_side = ASKING in sides

    def _dms_sides(self):
        mine = self.env.companies.ids
        sides = {ASKING: self.company_id.id, GIVING: self.giving_company_id.id}
        return [side for side, store in sides.items() if store in mine]

    def _dms_is_my_step(self, step):
        if problem(step, self.state, self._dms_sides()):
            return False
        if not self.env.user.has_group(ROLES[step]):
            return False
        # whether there is work depends on documents of both stores
        return self.sudo()._dms_has_work(step, self._dms_sides())

    def _dms_has_work(self, step, sides):
        """:return: whether documents wait for this step"""
        work = {
            "ship": lambda: self._dms_ready(self.sale_id.picking_ids),
            "receive": lambda: self._dms_ready(self.purchase_id.picking_ids),
            "invoice": lambda: self.sale_id.invoice_status == "to invoice",
            "bill": lambda: self._dms_drafts(self.purchase_id.invoice_ids),
            "collect": lambda: self._dms_unpaid(self.sale_id.invoice_ids),
            "pay": lambda: self._dms_unpaid(self.purchase_id.invoice_ids),
            "undo": lambda: sides != [self.undo_side],
        }
        return bool(work[step]()) if step in work else True

    def _dms_check_step(self, step):
        """Let one at a time go on with these requests, and only whose turn it is."""
        self.check_access("read")
        self._dms_claim()
        self.invalidate_recordset(["state", "decision"])
        for request in self:
            request._dms_check_one(step)

    def _dms_check_one(self, step):
        if self.env.su:
            sides = [ASKING, GIVING]
        else:
            sides = self._dms_sides()
            if not self.env.user.has_group(ROLES[step]):
                raise AccessError(self._dms_role_refusal(step))
        found = problem(step, self.state, sides)
        if found == "side":
            raise AccessError(self._dms_side_refusal(step))
        if found == "state":
            raise UserError(self._dms_state_refusal())

    def _dms_role_refusal(self, step):
        # to name the role, and nothing else of the group
        role = self.env.ref(ROLES[step]).sudo()
        return self.env._(
            "%(number)s: this step is not for your role. Ask a colleague who is"
            " %(role)s.",
            number=self.name,
            role=role.display_name,
        )

    def _dms_side_refusal(self, step):
        # to name the store, and nothing else of it
        known = self.sudo()
        side = STEPS[step].sides[0]
        store = known.company_id if side == ASKING else known.giving_company_id
        return self.env._(
            "%(number)s: this step is taken by %(store)s.",
            number=self.name,
            store=store.name,
        )

    def _dms_state_refusal(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(number)s is %(state)s; this step is not possible now. Reload the page.",
            number=self.name,
            state=labels[self.state],
        )

    def _dms_check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why."))

    def _dms_window(self, model, name, **context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_id": self.id, **context},
        }
