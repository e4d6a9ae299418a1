"""What papers of a car say by themselves is typed by nobody."""

from odoo import api, models
from odoo.exceptions import AccessError

OF_DEAL = {"vehicle_id", "vin", "partner_id", "company_id"}


class DmsPaperHand(models.AbstractModel):
    """A paper of a deal: what is computed of it steers deliveries, so it stays so."""

    _name = "dms.paper.hand"
    _description = "Paper of a Deal"

    @api.model
    def _dms_computed(self):
        """:return: names of fields that follow from others"""
        return OF_DEAL

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # the store of a paper is given with it
            self._dms_check_computed(vals.keys() - {"company_id"})
        return super().create(vals_list)

    def write(self, vals):
        self._dms_check_computed(vals.keys())
        return super().write(vals)

    @api.model
    def _dms_check_computed(self, names):
        if self.env.su or not (found := self._dms_computed() & names):
            return
        fields = [self._fields[name]._description_string(self.env) for name in found]
        raise AccessError(
            self.env._(
                "%(fields)s: this follows from the deal and its papers, nobody types"
                " it.",
                fields=", ".join(sorted(fields)),
            )
        )


class DmsPurchaseTax(models.Model):
    _name = "dms.purchase.tax"
    _inherit = ["dms.purchase.tax", "dms.paper.hand"]

    @api.model
    def _dms_computed(self):
        return super()._dms_computed() | {
            *("purchased_on", "base", "full", "spared", "amount", "declare_by"),
            "state",
        }


class DmsInsurancePolicy(models.Model):
    _name = "dms.insurance.policy"
    _inherit = ["dms.insurance.policy", "dms.paper.hand"]


class DmsRegistration(models.Model):
    _name = "dms.registration"
    _inherit = ["dms.registration", "dms.paper.hand"]

    @api.model
    def _dms_computed(self):
        return super()._dms_computed() | {"state", "fee_total"}
