from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class DmsCertificate(models.Model):
    """What a bank sees of certificates and does with them, on its own page."""

    _name = "dms.certificate"
    _inherit = ["dms.certificate"]

    @api.model
    def _bank_domain(self, search=""):
        """Return the domain of what a bank looks for; its rule shows only its own."""
        words = search.strip()
        if not words:
            return Domain.TRUE
        return Domain("vin", "ilike", words) | Domain("number", "ilike", words)

    @api.model
    def _bank_waiting(self):
        """Return what waits for the bank's decision, as rows for its page."""
        waiting = [("state", "=", "waiting"), ("asked_side", "=", "store")]
        releases = self.env["dms.certificate.release"].search(waiting, order="id")
        handovers = self.env["dms.certificate.handover"].search(waiting, order="id")
        return {
            "releases": [one._bank_row() for one in releases],
            "handovers": [one._bank_row() for one in handovers],
        }

    def _bank_rows(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        # its rule has shown the bank these; the names of the stores are chosen here
        return [
            {
                "id": paper.id,
                "number": paper.number,
                "vin": paper.vin,
                "state": states[paper.state],
                "is_problem": bool(paper.exception),
                "store": paper.company_id.name,
                "since": paper.pledged_since,
                "loan": paper.pledge_id.reference or "",
                "may_send": paper._bank_may_send(),
            }
            for paper in self.sudo()
        ]

    def _bank_may_send(self):
        return self.holder == "bank" and not (self.lender_id or self.handover_id)

    def send_back(self, tracking="", note=""):
        """The bank says that it has sent released certificates to the store.

        :param str tracking: number of the parcel
        :return: the ids of the handovers that wait for the store
        """
        self.check_access("read")
        bank = self.env.user.partner_id.commercial_partner_id
        if not self.env.user.share or self.sudo().holder_id - bank:
            raise AccessError(self.env._("Only the bank that has them sends them."))
        vals_list = [
            certificate._prepare_return(tracking, note) for certificate in self
        ]
        # a bank has no right to write but through steps like this one
        return self.env["dms.certificate.handover"].sudo().create(vals_list).ids

    def _prepare_return(self, tracking, note):
        return {
            "certificate_id": self.id,
            "to_kind": "store",
            "tracking": tracking,
            "note": note,
        }
