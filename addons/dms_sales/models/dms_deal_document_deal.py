from odoo import api, fields, models
from odoo.fields import Domain

from .deal_document_words import MISSING

LOOK = "dms_sales.mail_activity_type_documents"
CLOSED = ("delivered", "cancelled")
BATCH = 100


class DmsDeal(models.Model):
    """What the customer of a deal is asked for."""

    _name = "dms.deal"
    _inherit = ["dms.deal"]

    document_ids = fields.One2many("dms.deal.document", "deal_id", "Customer Documents")
    document_count = fields.Integer(
        "Documents Asked For", compute="_compute_document_count"
    )
    document_open_count = fields.Integer(
        "Documents to Look At", compute="_compute_document_count"
    )
    closed_on = fields.Date(
        compute="_compute_closed_on",
        store=True,
        help="When the deal was delivered or cancelled.",
    )

    @api.depends("document_ids.state")
    def _compute_document_count(self):
        rows = self.env["dms.deal.document"]._read_group(
            [("deal_id", "in", self.ids)], ["deal_id", "state"], ["__count"]
        )
        for deal in self:
            counts = {state: count for one, state, count in rows if one == deal._origin}
            deal.document_count = sum(counts.values())
            deal.document_open_count = counts.get("uploaded", 0)

    @api.depends("state")
    def _compute_closed_on(self):
        for deal in self:
            known = deal.closed_on or fields.Date.context_today(deal)
            deal.closed_on = deal.state in CLOSED and known

    # Asking

    def _dms_document_conditions(self):
        """:return: set of the conditions of a kind that hold for this deal"""
        order = self.order_id
        blocks = set(self._dms_lines().mapped("dms_block"))
        is_company = self.partner_id.commercial_partner_id.is_company
        met = {"always", "company" if is_company else "person"}
        met.add("loan" if order.dms_loan_ids else "cash")
        if order.dms_trade_in_ids:
            met.add("trade_in")
        return met | (blocks & {"registration"})

    def _dms_ask_documents(self):
        """Ask for what the deal needs and nobody has asked for yet.

        :return: the new documents
        """
        self.ensure_one()
        # whoever confirms an order, a customer too, has its documents asked for
        deal = self.sudo()
        domain = Domain("condition", "in", list(deal._dms_document_conditions()))
        domain &= Domain("company_id", "in", [deal.company_id.id, False])
        domain &= Domain("id", "not in", deal.document_ids.kind_id.ids)
        kinds = deal.env["dms.deal.document.kind"].search(domain)
        return deal.document_ids.create(
            [{"deal_id": deal.id, "kind_id": kind.id} for kind in kinds]
        )

    def action_dms_ask_documents(self):
        """Ask the customer, tell him, and show what is asked."""
        self.ensure_one()
        self.check_access("write")
        if self._dms_ask_documents():
            self._dms_tell_asked()
        return self.action_dms_view_documents()

    def action_dms_view_documents(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_sales.dms_deal_document_action"
        )
        action["domain"] = [("deal_id", "=", self.id)]
        action["context"] = {"default_deal_id": self.id}
        return action

    def _dms_documents_missing(self):
        """:return: what the customer has to send, as superuser"""
        return self.sudo().document_ids.filtered(lambda one: one.state in MISSING)

    # Looking

    def _dms_call_to_look(self):
        """Call the consultant while something was sent; once it is seen to, no more."""
        for deal in self.sudo():
            waiting = deal.document_ids.filtered(lambda one: one.state == "uploaded")
            called = deal.activity_ids.filtered(
                lambda one: one.activity_type_id == self.env.ref(LOOK)
            )
            if waiting and not called and deal.user_id:
                deal.activity_schedule(LOOK, user_id=deal.user_id.id)
            elif called and not waiting:
                called.action_feedback()

    # What is missing

    def _dms_blockers(self):
        missing = super()._dms_blockers()
        if self.state in CLOSED or any(one["code"] == "documents" for one in missing):
            return missing
        text, documents = self._dms_documents_lack()
        if text:
            who = self.user_id or self.env.ref("dms_base.group_dms_sales_consultant")
            documents = documents.sudo(False)
            missing.append(self._dms_blocker("documents", text, who, documents))
        return missing

    def _dms_documents_lack(self):
        """:return: what is missing of the documents, False for nothing, and which"""
        needed = self.sudo().document_ids.filtered("is_needed")
        if lacking := needed.filtered(lambda one: one.state in MISSING):
            text = self.env._(
                "The customer has not sent: %(documents)s.",
                documents=", ".join(lacking.mapped("kind_id.name")),
            )
            return text, lacking
        if unseen := needed.filtered(lambda one: one.state == "uploaded"):
            text = self.env._(
                "Nobody has looked at: %(documents)s.",
                documents=", ".join(unseen.mapped("kind_id.name")),
            )
            return text, unseen
        return False, needed

    # Letting go

    @api.model
    def _cron_let_go_documents(self, batch_size=BATCH):
        """Remove the files of deals that have been over for long enough."""
        today, cron = fields.Date.today(), self.env["ir.cron"]
        # a job for all stores
        documents = self.env["dms.deal.document"].sudo()
        over = Domain("gone_at", "=", False) & Domain("deal_id.closed_on", "!=", False)
        for (store,) in documents._read_group(over, ["company_id"]):
            last = fields.Date.subtract(today, days=store.dms_documents_days)
            due = over & Domain("company_id", "=", store.id)
            due &= Domain("deal_id.closed_on", "<", last)
            while found := documents.search(due, limit=batch_size):
                found._dms_let_go()
                if not cron._commit_progress(len(found)):
                    return


class DmsDealDocument(models.Model):
    _name = "dms.deal.document"
    _inherit = ["dms.deal.document"]

    def _dms_let_go(self):
        """Remove the files; that they were there, and who looked, stays known."""
        self.file_ids.unlink()
        self.write({"gone_at": fields.Datetime.now()})


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order"]

    def _dms_open_deals(self):
        res = super()._dms_open_deals()
        for order in self.filtered("company_id.dms_documents_asked"):
            for deal in order.dms_deal_id | order.order_line.dms_deal_id:
                if deal._dms_ask_documents():
                    deal._dms_tell_asked()
        return res


class DmsDelivery(models.Model):
    _name = "dms.delivery"
    _inherit = ["dms.delivery"]

    def _dms_missing_documents(self):
        text, documents = self.deal_id.sudo()._dms_documents_lack()
        return text, documents
