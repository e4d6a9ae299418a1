from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import DmsCommon

NUMBER = "360426199101010071"
OTHER = "110101199003074514"
MASK = "3604**********0071"


@tagged("post_install", "-at_install")
class TestEncrypted(DmsCommon):
    """An encrypted field is used like any other and shows only a mask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.user("fi_officer", cls.store_a1)
        cls.consultant = cls.user("sales_consultant", cls.store_a1)
        cls.partner = cls.env["res.partner"].create(
            {"name": "Zhang", "dms_id_number": NUMBER}
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _columns(self, partner=None):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT dms_id_number, dms_id_number_token FROM res_partner WHERE id = %s",
            [(partner or self.partner).id],
        )
        return self.env.cr.fetchone()

    # Reading

    def test_the_database_holds_an_envelope_and_a_token(self):
        envelope, token = self._columns()
        self.assertTrue(envelope.startswith("s1."))
        self.assertEqual(len(token), 22)
        self.assertNotIn(NUMBER, envelope + token)

    def test_everybody_reads_the_mask(self):
        for user in (self.env.ref("base.user_admin"), self.officer, self.consultant):
            partner = self.partner.with_user(user)
            self.assertEqual(partner.dms_id_number, MASK)
            self.assertEqual(partner.read(["dms_id_number"])[0]["dms_id_number"], MASK)

    def test_the_mask_shows_before_the_flush(self):
        partner = self.env["res.partner"].create(
            {"name": "New", "dms_id_number": NUMBER}
        )
        self.assertEqual(partner.dms_id_number, MASK)

    # Writing

    def test_a_new_value_replaces_the_old(self):
        before = self._columns()
        self.partner.dms_id_number = "110101199003070193"
        after = self._columns()
        self.assertNotEqual(before[0], after[0])
        self.assertNotEqual(before[1], after[1])

    def test_the_mask_written_back_changes_nothing(self):
        before = self._columns()
        self.partner.write({"name": "Renamed", "dms_id_number": MASK})
        self.assertEqual(self._columns(), before)

    def test_a_mask_that_is_not_the_own_is_refused(self):
        with self.assertRaisesRegex(UserError, "mask"):
            self.partner.dms_id_number = "1101**********0071"

    def test_an_invalid_number_is_refused(self):
        with self.assertRaises(ValidationError):
            self.partner.dms_id_number = "360426199101010072"

    # Revealing

    def test_an_officer_reveals(self):
        partner = self.partner.with_user(self.officer)
        self.assertEqual(partner.dms_reveal("dms_id_number"), NUMBER)

    def test_a_consultant_does_not_reveal(self):
        with self.assertRaises(AccessError):
            self.partner.with_user(self.consultant).dms_reveal("dms_id_number")

    # Searching

    def test_the_whole_number_finds(self):
        partners = self.env["res.partner"]
        self.assertEqual(
            partners.search([("dms_id_number", "=", NUMBER)]), self.partner
        )
        self.assertFalse(partners.search([("dms_id_number", "=", OTHER)]))
