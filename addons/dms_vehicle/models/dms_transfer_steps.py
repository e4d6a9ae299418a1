from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..transfer import STEPS, deviation, problem
from ..transfer.steps import ASKING, GIVING

MANAGER = "dms_base.group_dms_sales_manager"
STOCK = "stock.group_stock_user"
ACCOUNTANT = "dms_base.group_dms_accountant"
ROLES = {
    "request": "dms_base.group_dms_sales_consultant",
    "withdraw": "dms_base.group_dms_sales_consultant",
    "approve": MANAGER,
    "refuse": MANAGER,
    "order": MANAGER,
    "cancel": MANAGER,
    "undo": MANAGER,
    "ship": STOCK,
    "receive": STOCK,
    "invoice": ACCOUNTANT,
    "bill": ACCOUNTANT,
    "pay": ACCOUNTANT,
    "collect": ACCOUNTANT,
}


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

    @api.model
    def _dms_ready(self, pickings):
        return pickings.filtered(lambda picking: picking.state == "assigned")

    @api.model
    def _dms_drafts(self, moves):
        return moves.filtered(lambda move: move.state == "draft")

    @api.model
    def _dms_unpaid(self, moves):
        return moves.filtered(
            lambda move: (
                move.state == "posted"
                and move.payment_state in ("not_paid", "partial")
                and move.move_type in ("out_invoice", "in_invoice")
            )
        )

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
                raise AccessError(
                    self.env._(
                        "%(number)s: this step is not for your role.", number=self.name
                    )
                )
        found = problem(step, self.state, sides)
        if found == "side":
            raise AccessError(self._dms_side_refusal(step))
        if found == "state":
            raise UserError(self._dms_state_refusal())

    def _dms_side_refusal(self, step):
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

    # Asking

    def action_request(self):
        for request in self:
            request._dms_check_step("request")
            request._dms_request()
        return True

    def _dms_request(self):
        if not self.line_ids:
            raise UserError(self.env._("Say which cars: enter a VIN or a model."))
        if self.line_ids.filtered(lambda one: not one.vin and not one.product_id):
            raise UserError(self.env._("Each line needs a VIN or a model."))
        known = self.sudo()
        self.line_ids._dms_find_cars(known._dms_stores_to_ask())
        store = known._dms_asked_store()
        known._dms_check_twice()
        known.write(
            {
                "decision": "requested",
                "giving_store_id": store.partner_id.id,
                "giving_company_id": store.id,
                "user_id": self.env.uid,
            }
        )
        known._dms_call_managers(store)

    def _dms_stores_to_ask(self):
        """:return: the chosen store, else all sister stores"""
        sisters = self.company_id._dms_sister_stores()
        if not self.giving_store_id:
            return sisters
        chosen = sisters.filtered(lambda one: one.partner_id == self.giving_store_id)
        if not chosen:
            raise UserError(
                self.env._(
                    "%(name)s is not a sister store of this dealer group.",
                    name=self.giving_store_id.name,
                )
            )
        return chosen

    def _dms_asked_store(self):
        stores = self.line_ids.vehicle_id.company_id
        if not stores and self.giving_store_id:
            stores = self._dms_stores_to_ask()
        if not stores:
            raise UserError(self.env._("Choose the store to ask, or enter a VIN."))
        if len(stores) > 1:
            raise UserError(
                self.env._(
                    "These cars stand in several stores (%(names)s): make one request"
                    " for each store.",
                    names=", ".join(stores.mapped("name")),
                )
            )
        return stores

    def _dms_check_twice(self):
        for car, lines in self.line_ids.grouped("vehicle_id").items():
            if car and len(lines) > 1:
                raise UserError(self.env._("VIN %(vin)s is listed twice.", vin=car.vin))

    def _dms_call_managers(self, store):
        manager = self._dms_manager_of(store)
        if not manager:
            return
        words = self.with_context(lang=manager.lang).env
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=manager.id,
            summary=words._("%(store)s asks for cars", store=self.company_id.name),
        )

    @api.model
    def _dms_manager_of(self, store):
        """:return: who decides there, rather one of the store than its administrator"""
        managers = self.env["res.users"].search(
            [
                ("all_group_ids", "in", self.env.ref(MANAGER).ids),
                ("company_id", "=", store.id),
            ],
            order="id",
        )
        return min(managers, key=lambda user: user._is_admin(), default=managers)

    def action_withdraw(self):
        self._dms_check_step("withdraw")
        self.sudo()._dms_close("cancelled", "")
        return True

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

    # The decision of the giving store

    def action_approve(self):
        self.ensure_one()
        return self._dms_window("dms.transfer.approve", self.env._("Approve"))

    def action_refuse(self):
        self.ensure_one()
        return self._dms_window(
            "dms.transfer.reason", self.env._("Refuse"), default_step="refuse"
        )

    def _dms_window(self, model, name, **context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_id": self.id, **context},
        }

    def refuse(self, reason):
        """The giving store keeps its cars.

        :param str reason: why; required
        """
        self._dms_check_step("refuse")
        self._dms_check_reason(reason)
        self.sudo()._dms_close("refused", reason)
        self._dms_tell_asker(
            self.env._("Refused: %(reason)s", reason=reason),
        )

    def _dms_check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why."))

    def _dms_tell_asker(self, body):
        for request in self.sudo():
            request.message_post(
                body=body,
                partner_ids=request.user_id.partner_id.ids,
                author_id=self.env.user.partner_id.id,
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

    def _dms_check_cars(self, chosen):
        missing = [line for line, car in chosen.items() if not car]
        if missing:
            raise UserError(
                self.env._(
                    "Choose a car for: %(models)s.",
                    models=", ".join(line.product_id.display_name for line in missing),
                )
            )
        cars = self.env["dms.vehicle"].concat(*chosen.values())
        if len(set(cars.ids)) < len(cars):
            raise UserError(self.env._("The same car is chosen twice."))
        # his own store's cars; the lock lets no other transaction promise them
        cars.sudo()._dms_claim()
        cars.invalidate_recordset(["state", "company_id"])
        self._dms_check_offered(cars.sudo(), chosen)

    def _dms_check_offered(self, cars, chosen):
        offered = cars.filtered_domain(
            cars._dms_offered_domain(self.sudo().giving_company_id)
        )
        promised = self._dms_promised(cars)
        for line, car in chosen.items():
            if car.id not in offered.ids or car.id in promised:
                raise UserError(self._dms_not_free(car.sudo(), promised))
            if line.product_id and line.product_id != car.sudo().product_id:
                raise UserError(car.sudo()._dms_other_model(line.product_id))

    def _dms_promised(self, cars):
        lines = self.env["dms.transfer.line"].sudo()
        held = lines.search([("vehicle_id", "in", cars.ids), ("holds", "=", True)])
        return {line.vehicle_id.id: line.request_id for line in held}

    def _dms_not_free(self, car, promised):
        if car.id in promised:
            other = promised[car.id]
            return self.env._(
                "VIN %(vin)s is promised to %(store)s already (%(number)s).",
                vin=car.vin,
                store=other.company_id.name,
                number=other.name,
            )
        return self.env._(
            "VIN %(vin)s is not free in stock any more; choose another car or refuse.",
            vin=car.vin,
        )

    def _dms_check_price(self, line, price, by_rule, rule, reason):
        if price <= 0:
            raise UserError(
                self.env._(
                    "%(car)s needs a price above zero.",
                    car=line.vin or line.product_id.display_name,
                )
            )
        if deviation(price, by_rule) <= rule.limit_percent:
            return
        may = self.env.su or self.env.user.has_group("dms_base.group_dms_store_manager")
        if not may or not (reason or "").strip():
            raise UserError(
                self.env._(
                    "%(car)s: by rule the price is %(price)s, free to change by"
                    " %(limit)s%%. Beyond that the store manager decides and says why.",
                    car=line.vin or line.product_id.display_name,
                    price=line.currency_id.format(by_rule),
                    limit=f"{rule.limit_percent:g}",
                )
            )

    # Orders

    def action_order(self):
        """Sell and buy in one click: the sale here, its mirror at the asking store."""
        for request in self:
            request._dms_check_step("order")
            request._dms_order()
        return True

    def _dms_order(self):
        store = self.sudo().giving_company_id
        lines = self.line_ids.sudo()
        lines._dms_remember()
        lines.write({"holds": False})
        sale = (
            self.env["sale.order"].with_company(store).create(self._dms_prepare_sale())
        )
        for line, sold in zip(lines, sale.order_line, strict=True):
            line.sale_line_id = sold.sudo()
        sale.action_confirm()
        purchase = sale._dms_create_counterpart()
        for line in lines:
            line.purchase_line_id = line.sale_line_id.dms_counterpart_line_id
        self.sudo().write({"sale_id": sale.id, "purchase_id": purchase.id})

    def _dms_prepare_sale(self):
        known = self.sudo()
        return {
            "company_id": known.giving_company_id.id,
            "partner_id": known.company_id.partner_id.id,
            "client_order_ref": self.name,
            "order_line": [
                Command.create(line.vehicle_id._dms_prepare_sale_line(line.price))
                for line in known.line_ids
            ],
        }

    # Goods

    def action_ship(self):
        self.ensure_one()
        self._dms_check_step("ship")
        known = self.sudo()
        self._dms_validate(known.sale_id.picking_ids, known.giving_company_id)
        return True

    def action_receive(self):
        self.ensure_one()
        self._dms_check_step("receive")
        known = self.sudo()
        self._dms_validate(known.purchase_id.picking_ids, known.company_id)
        return True

    def _dms_validate(self, pickings, store):
        ready = self._dms_ready(pickings)
        if not ready:
            raise UserError(
                self.env._("%(number)s: no car is ready for this.", number=self.name)
            )
        ready = ready.sudo(self.env.su).with_company(store)
        ready.with_context(skip_backorder=True).button_validate()

    # Invoices

    def action_invoice(self):
        """Invoice what was shipped; the bill of the asking store is drafted by it."""
        self.ensure_one()
        self._dms_check_step("invoice")
        sale = self.sudo().sale_id.sudo(self.env.su)
        sale = sale.with_company(self.sudo().giving_company_id)
        sale._create_invoices().action_post()
        return True

    def action_bill(self):
        """Post the bill that the giving store's invoice has drafted."""
        self.ensure_one()
        self._dms_check_step("bill")
        known = self.sudo()
        bills = self._dms_drafts(known.purchase_id.invoice_ids)
        if not bills:
            raise UserError(
                self.env._(
                    "%(store)s has not invoiced yet; its invoice drafts the bill.",
                    store=known.giving_company_id.name,
                )
            )
        bills.sudo(self.env.su).with_company(known.company_id).action_post()
        return True

    def action_pay(self):
        self._dms_check_step("pay")
        return self._dms_payment(self.sudo().purchase_id, self.sudo().company_id)

    def action_collect(self):
        self._dms_check_step("collect")
        return self._dms_payment(self.sudo().sale_id, self.sudo().giving_company_id)

    def _dms_payment(self, order, store):
        moves = self._dms_unpaid(order.invoice_ids)
        return moves.sudo(self.env.su).with_company(store).action_register_payment()

    def action_view_sale(self):
        return self.env["dms.vehicle"]._open("sale.order", self.sale_id)

    def action_view_purchase(self):
        return self.env["dms.vehicle"]._open("purchase.order", self.purchase_id)

    # Warnings

    def _dms_pledged_cars(self):
        states = ("pledged", "borrowed", "release_requested")
        return self.line_ids.vehicle_id.filtered(
            lambda car: car.certificate_state in states
        )

    def _dms_pledged_warning(self, cars):
        return self.env._(
            "The certificate is pledged: %(vins)s. Such a car is not shipped before the"
            " bank has released it; request the release now.",
            vins=", ".join(cars.mapped("vin")),
        )
