from odoo import api, models
from odoo.fields import Domain


class DmsOwnMixin(models.AbstractModel):
    """Documents that their customer sees in the portal without any right of staff.

    Customers have no access to such a model at all, by no remote call either; pages
    find their documents by the methods here and choose what they show.
    """

    _name = "dms.own.mixin"
    _description = "Customer's Own"
    _dms_owner = "partner_id"  # field with the customer

    @api.model
    def _dms_mine_partners(self):
        """:return: whose documents the user sees: his own and those of his company,
        never those of a colleague; none for visitors"""
        user = self.env.user
        if user._is_public():
            return user.partner_id.browse()
        # a person sees his company without the rights of staff
        person = user.partner_id.sudo()
        return person | person.commercial_partner_id

    @api.model
    def _dms_mine_domain(self):
        """:return: domain of the documents of the user; to extend by ``super()``"""
        return Domain(self._dms_owner, "in", self._dms_mine_partners().ids)

    @api.model
    def _dms_mine(self, record_id=None):
        """:return: the user's own documents, or the one asked for, as superuser"""
        domain = self._dms_mine_domain()
        if record_id is not None:
            domain &= Domain("id", "=", record_id)
        # the domain has said whose they are
        return self.sudo().search(domain)
