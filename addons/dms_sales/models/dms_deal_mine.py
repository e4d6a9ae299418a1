from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

OPEN_INVOICE = ("not_paid", "partial")
SHOWN = ("sent", "sale")  # what a customer has seen of quotations


class DmsDeal(models.Model):
    """What a customer sees of his deals, and what waits for him."""

    _name = "dms.deal"
    _inherit = ["dms.deal", "dms.own.mixin"]

    @api.model
    def _dms_mine_domain(self):
        """A deal is shown to its customer from the first offer on."""
        return super()._dms_mine_domain() & Domain("state", "!=", "draft")

    def action_dms_invite(self):
        """Open Odoo's wizard, which gives the customer a login for the portal."""
        self.ensure_one()
        self.check_access("write")
        wizards = self.env["portal.wizard"].with_context(active_ids=self.partner_id.ids)
        return wizards.action_open_wizard()

    def _dms_portal_cards(self):
        """:return: list of what the list shows of each deal"""
        states = dict(self._fields["state"]._description_selection(self.env))
        return [
            {
                "id": deal.id,
                "name": deal.name,
                "car": deal._dms_car_words(),
                "store": deal.company_id.name,
                "state": deal.state,
                "state_name": states[deal.state],
                "amount": deal.order_id.state in SHOWN and deal.amount_total,
                "currency": deal.currency_id,
                "on": deal.date_order,
                "waits": len(deal._dms_documents_missing()),
            }
            for deal in self.sudo()
        ]

    def _dms_car_words(self):
        """:return: what a customer calls the car, never one that he was not offered"""
        car = self.car_line_id
        if self.order_id.state not in SHOWN:
            offers = self.variant_ids.filtered(lambda order: order.state in SHOWN)
            car = offers.sorted("id")[:1].order_line._dms_cars()[:1]
        product = car.product_id.with_context(display_default_code=False)
        return product.display_name or self.env._("Your car")

    def _dms_portal_values(self, is_mine=False):
        """Whoever has only the link reads no contract, invoice or document."""
        values = super()._dms_portal_values(is_mine)
        values |= {
            "is_mine": is_mine,
            "track": self._dms_track(),
            "documents": self._dms_document_cards(),
            "appointment": self._dms_appointment(),
            "tasks": self._dms_tasks(is_mine),
        }
        return values | (self._dms_papers() if is_mine else {})

    def _dms_document_cards(self):
        """:return: list of what the page shows of each document asked for"""
        field = self.env["dms.deal.document"]._fields["state"]
        states = dict(field._description_selection(self.env))
        return [
            {
                "id": one.id,
                "name": one.kind_id.name,
                "hint": one.note or one.hint or "",
                "state": one.state,
                "state_name": states[one.state],
                "reason": one.reason if one.state == "returned" else "",
                "files": [(file.id, file.is_image) for file in one.file_ids],
            }
            for one in self.sudo().document_ids
        ]

    def _dms_appointment(self):
        """:return: when the car is handed over, on the clock of the store, or empty"""
        delivery = self.sudo().delivery_ids[:1]
        if not delivery.planned_at or delivery.state != "open":
            return ""
        zone = self._dms_zone_name()
        return format_datetime(self.env, delivery.planned_at, zone, "short")

    def _dms_papers(self):
        """:return: dict of the papers that are the customer's to keep"""
        deal = self.sudo()  # the caller has checked whose the deal is
        contract = deal.contract_id
        return {
            "contract": contract if contract.sent_at else contract.browse(),
            "invoices": deal._dms_my_invoices(),
            "motor_invoices": deal._dms_my_motor_invoices(),
            "policies": deal.policy_ids,
            "registration": deal.registration_ids[:1],
        }

    def _dms_my_invoices(self):
        """:return: posted invoices of the deal in the name of the user"""
        mine = self._dms_mine_partners()
        return self.order_id.invoice_ids.filtered(
            lambda move: (
                move.state == "posted"
                and move.move_type in ("out_invoice", "out_refund")
                and move.partner_id in mine | mine.commercial_partner_id
            )
        )

    def _dms_my_motor_invoices(self):
        """:return: issued motor invoices that stand, in the name of the user"""
        mine = self._dms_mine_partners()
        invoices = self.env["dms.motor.invoice"].search([("deal_id", "in", self.ids)])
        return invoices.filtered(
            lambda one: (
                one.state == "issued" and one.is_standing and one.partner_id in mine
            )
        )

    # What waits for the customer

    def _dms_tasks(self, is_mine=True):
        """What waits for the customer, the most pressing first.

        :param is_mine: see ``_dms_portal_values``
        :return: list of dict: code, icon, text, url
        """
        self.ensure_one()
        deal = self.sudo()  # see _dms_papers
        tasks = deal._dms_task_offers(is_mine) + deal._dms_task_deposit()
        if is_mine:
            tasks += deal._dms_task_contract() + deal._dms_task_invoices()
        tasks += deal._dms_task_documents(is_mine)
        return tasks + deal._dms_task_appointment(is_mine)

    @api.model
    def _dms_task(self, code, icon, text, url):
        return {"code": code, "icon": icon, "text": text, "url": url}

    def _dms_page(self, is_mine=True):
        """:return: address of the page of the deal"""
        return f"/my/deals/{self.id}" if is_mine else ""

    def _dms_task_offers(self, is_mine=True):
        offers = self.variant_ids.filtered(
            lambda one: one.state == "sent" and not one.is_expired
        )
        if not offers or offers.filtered("dms_is_chosen") or self.state != "offered":
            return []
        text = self.env._("Look at your offers for %(car)s", car=self._dms_car_words())
        url = f"{self._dms_page(is_mine)}#offers"
        return [self._dms_task("offers", "fa-car", text, url)]

    def _dms_task_deposit(self):
        order = self.order_id
        if not order.dms_is_chosen or not (url := order._dms_deposit_url()):
            return []
        amount = order.currency_id.format(order._get_prepayment_required_amount())
        text = self.env._("Pay the deposit of %(amount)s", amount=amount)
        return [self._dms_task("deposit", "fa-credit-card", text, url)]

    def _dms_task_contract(self):
        contract = self.contract_id
        if contract.state != "out":
            return []
        text = self.env._("Sign contract %(number)s", number=contract.display_name)
        return [self._dms_task("sign", "fa-pencil", text, contract.get_portal_url())]

    def _dms_task_invoices(self):
        owing = self._dms_my_invoices().filtered(
            lambda move: (
                move.move_type == "out_invoice" and move.payment_state in OPEN_INVOICE
            )
        )
        return [
            self._dms_task(
                "pay",
                "fa-credit-card",
                self.env._(
                    "Pay %(amount)s of invoice %(number)s",
                    amount=move.currency_id.format(move.amount_residual),
                    number=move.name,
                ),
                move.get_portal_url(),
            )
            for move in owing
        ]

    def _dms_task_documents(self, is_mine=True):
        missing = self._dms_documents_missing()
        if not missing or self.state not in ("offered", "ordered"):
            return []
        text = self.env._(
            "Send: %(documents)s", documents=", ".join(missing.mapped("kind_id.name"))
        )
        url = f"{self._dms_page(is_mine)}#documents"
        return [self._dms_task("documents", "fa-id-card-o", text, url)]

    def _dms_task_appointment(self, is_mine=True):
        if not (when := self._dms_appointment()):
            return []
        text = self.env._("Your car is handed over on %(when)s", when=when)
        url = f"{self._dms_page(is_mine)}#track"
        return [self._dms_task("appointment", "fa-calendar", text, url)]

    @api.model
    def _dms_my_tasks(self):
        """:return: what waits for the user in all his deals and drives"""
        deals = self._dms_mine().filtered(
            lambda deal: deal.state in ("offered", "ordered")
        )
        tasks = [task for deal in deals for task in deal._dms_tasks()]
        return tasks + self._dms_drive_tasks()

    @api.model
    def _dms_drive_tasks(self):
        drives = (
            self.env["dms.drive"]
            ._dms_mine()
            .filtered(
                lambda drive: (
                    drive.state == "booked" and drive.start > fields.Datetime.now()
                )
            )
        )
        return [
            self._dms_task(
                "drive",
                "fa-calendar",
                self.env._(
                    "Test drive of %(car)s on %(when)s",
                    car=drive.product_id.display_name,
                    when=drive._dms_portal_words()["start"],
                ),
                f"/my/drives/{drive.id}",
            )
            for drive in drives.sorted("start")
        ]
