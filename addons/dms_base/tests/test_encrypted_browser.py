from odoo.tests import HttpCase, tagged

from .audit_common import AuditCommon
from .test_encrypted import EncryptedCommon


@tagged("post_install", "-at_install")
class TestRevealInTheBrowser(AuditCommon, EncryptedCommon, HttpCase):
    """The eye beside a mask, as those see it who may look and those who may not."""

    def _tour(self, name, user):
        url = f"/odoo/res.partner/{self.partner.id}"
        self.start_tour(url, name, login=user.login)
        self.env.invalidate_all()

    def _seen(self, action):
        return self.entries(
            action=action, model="res.partner", res_id=self.partner.id
        ).user_id

    def test_an_officer_looks_and_the_audit_knows(self):
        self._tour("dms_reveal", self.officer)
        self.assertEqual(self._seen("reveal"), self.officer)
        self.assertEqual(self._seen("seen"), self.officer)

    def test_a_consultant_finds_no_eye_and_has_seen_the_person(self):
        self._tour("dms_reveal_refused", self.consultant)
        self.assertFalse(self._seen("reveal"))
        self.assertEqual(self._seen("seen"), self.consultant)
