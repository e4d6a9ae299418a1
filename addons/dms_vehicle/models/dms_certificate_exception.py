from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .dms_certificate_states import EXCEPTIONS


class DmsCertificate(models.Model):
    """What went wrong with a certificate, from its report to its solution."""

    _name = "dms.certificate"
    _inherit = ["dms.certificate"]

    exception = fields.Selection(
        EXCEPTIONS, readonly=True, tracking=True, copy=False, help="What is wrong."
    )
    exception_note = fields.Char("What Happened", readonly=True, copy=False)
    exception_since = fields.Datetime("Wrong Since", readonly=True, copy=False)

    def report_exception(self, exception, note=""):
        """Record that something is wrong with the paper.

        :param str exception: ``missing``, ``damaged``, ``wrong_number`` or
            ``private_sale``
        :param str note: what happened
        """
        self._dms_check_handler()
        self._dms_set_exception(exception, note)
        return True

    @api.model
    def _dms_check_exception(self, exception):
        if exception not in (known := dict(EXCEPTIONS)):
            raise UserError(
                self.env._(
                    "%(exception)s is unknown; it is one of %(known)s.",
                    exception=exception,
                    known=", ".join(known),
                )
            )

    def _dms_set_exception(self, exception, note):
        self._dms_check_exception(exception)
        # the caller has checked who may say so
        self.sudo().write(
            {
                "exception": exception,
                "exception_note": note,
                "exception_since": fields.Datetime.now(),
            }
        )
        self._dms_log(
            {certificate: certificate for certificate in self},
            lambda certificate: {"step": "exception", "what": exception},
        )
        self._dms_call()

    def _dms_call(self):
        """Let whoever handles the certificate see that something must be done."""
        # a bank that reports it may not plan activities of the store
        for certificate in self.sudo():
            certificate.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Something is wrong with a certificate"),
                note=certificate.exception_note,
                user_id=certificate._dms_keeper().id,
            )

    def _dms_keeper(self):
        user = self.env.user
        return user if not user.share else self.create_uid

    def resolve_exception(self, note, number=None):
        """Record that all is well again.

        :param str note: how it was solved; required
        :param str number: the right number, or that of the paper issued anew
        """
        self._dms_check_handler()
        if not (note or "").strip():
            raise UserError(self.env._("Say how it was solved."))
        if not self.env.user.has_group("dms_base.group_dms_store_manager"):
            raise AccessError(
                self.env._("Only the store manager closes what was wrong.")
            )
        self._dms_clear_exception(note, number)
        return True

    def _dms_clear_exception(self, note, number=None):
        wrong = self.filtered("exception")
        vals = {"exception": False, "exception_note": False, "exception_since": False}
        if number:
            self.ensure_one()
            vals["number"] = number
        wrong.sudo().write(vals)  # checked by the caller
        wrong._dms_log(
            {certificate: certificate for certificate in wrong},
            lambda certificate: {"step": "resolved"},
        )
        for certificate in wrong:
            certificate.message_post(body=note)
            certificate.sudo().activity_unlink(["mail.mail_activity_data_todo"])
