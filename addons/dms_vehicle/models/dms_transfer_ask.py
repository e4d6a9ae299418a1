from odoo import api, models
from odoo.exceptions import UserError

from .dms_transfer_roles import MANAGER


class DmsTransferRequest(models.Model):
    """What the asking store does: it asks for cars, or asks no more."""

    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

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
        # the giving store and its cars are out of the asker's reach
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
        # whom to tell, of people who may not be read
        managers = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", self.env.ref(MANAGER).ids),
                    ("company_id", "=", store.id),
                ],
                order="id",
            )
        )
        return min(managers, key=lambda user: user._is_admin(), default=managers)

    def action_withdraw(self):
        self._dms_check_step("withdraw")
        # checked above; steps are written by no one himself
        self.sudo()._dms_close("cancelled", "")
        return True
