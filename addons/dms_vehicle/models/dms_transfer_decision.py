from odoo import fields, models

from ..transfer.steps import ASKING


class DmsTransferRequest(models.Model):
    """The giving store promises its cars, or keeps them."""

    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    def action_approve(self):
        self.ensure_one()
        return self._dms_window("dms.transfer.approve", self.env._("Approve"))

    def action_refuse(self):
        self.ensure_one()
        return self._dms_window(
            "dms.transfer.reason", self.env._("Refuse"), default_step="refuse"
        )

    def refuse(self, reason):
        """The giving store keeps its cars.

        :param str reason: why; required
        """
        self._dms_check_step("refuse")
        self._dms_check_reason(reason)
        # checked above; steps are written by no one himself
        self.sudo()._dms_close("refused", reason)
        self._dms_tell_asker(
            self.env._("Refused: %(reason)s", reason=reason),
        )

    def approve(self, cars=None, prices=None, reason=""):
        """The giving store promises the cars.

        :param dict cars: line to the car that was chosen for it, where one was
        :param dict prices: line to a price other than that of the rule
        :param str reason: why prices differ more than the rule lets them
        """
        self._dms_check_step("approve")
        for request in self:
            request._dms_approve(cars or {}, prices or {}, reason)

    def _dms_approve(self, cars, prices, reason):
        chosen = {line: cars.get(line) or line.vehicle_id for line in self.line_ids}
        self._dms_check_cars(chosen)
        lines = self.line_ids.sudo()
        chosen = {line.sudo(): car for line, car in chosen.items()}
        asked = {line.sudo(): price for line, price in prices.items()}
        by_rule = lines._dms_prices_by_rule(chosen)
        for line, (price, rule) in by_rule.items():
            self._dms_check_price(line, asked.get(line, price), price, rule, reason)
        lines.fetch(["rule_price"])  # a private field is not read along with others
        for line, (price, _rule) in by_rule.items():
            line._dms_promise(chosen[line], price, asked.get(line, price), reason)
        self.sudo()._dms_close_approved()

    def _dms_close_approved(self):
        self._dms_decide("approved")
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self._dms_tell_asker(self.env._("Approved."))
        pledged = self._dms_pledged_cars()
        if pledged:
            self.message_post(body=self._dms_pledged_warning(pledged))

    def _dms_close(self, decision, note):
        self.line_ids.holds = False
        self._dms_decide(decision, note)
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _dms_decide(self, decision, note=""):
        self.write(
            {
                "decision": decision,
                "decision_note": note,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    def _dms_tell_asker(self, body):
        for request in self:
            # a user of the other store is told, not read
            request._dms_tell(body, request.sudo().user_id)

    def _dms_tell_other(self, body):
        """Tell whoever has to know it at the store of which the user is not."""
        for request in self:
            if ASKING in request._dms_sides():
                # the other store's manager is told, not read
                manager = request._dms_manager_of(request.sudo().giving_company_id)
                request._dms_tell(body, manager)
            else:
                request._dms_tell_asker(body)

    def _dms_tell(self, body, user):
        # people of the other store may not be read
        self.sudo().message_post(
            body=body,
            partner_ids=user.sudo().partner_id.ids,
            author_id=self.env.user.partner_id.id,
        )
