from odoo import api, models
from odoo.fields import Domain


class DmsCertificate(models.Model):
    """What a bank sees of certificates on its own page."""

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
