from base64 import b64encode

from odoo import fields, models

from ..passport import qr_svg


class DmsGatePass(models.Model):
    """What stands on the paper and on the guard's phone."""

    _name = "dms.gate.pass"
    _inherit = ["dms.gate.pass"]

    def _gate_words(self):
        """Return reason and times as the guard reads them, in his language."""
        self.ensure_one()
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        return {
            "reason": reasons[self.reason],
            "valid_from": self._clock(self.valid_from),
            "valid_until": self._clock(self.valid_until),
            "back_by": self.must_return and self._clock(self.back_by),
            "left_at": self._clock(self.left_at),
        }

    def _clock(self, moment):
        """Return day and time at the gate, without year and seconds."""
        if not moment:
            return ""
        zone = self.env.user.tz or self.company_id.partner_id.tz or "Asia/Shanghai"
        there = self.with_context(tz=zone)
        return fields.Datetime.context_timestamp(there, moment).strftime("%m-%d %H:%M")

    def _qr_uri(self):
        """Return the QR code of the guard's page as an ``src`` of a picture."""
        picture = qr_svg(self.get_base_url() + self._path())
        return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"
