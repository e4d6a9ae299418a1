from datetime import date

from odoo.addons.dms_sales.purchase_tax import declare_by


def test_sixty_days_after_the_purchase():
    assert declare_by(date(2026, 1, 5)) == date(2026, 3, 6)


def test_no_later_than_the_registration():
    assert declare_by(date(2026, 1, 5), date(2026, 1, 20)) == date(2026, 1, 20)


def test_a_late_registration_gives_no_more_time():
    assert declare_by(date(2026, 1, 5), date(2026, 6, 1)) == date(2026, 3, 6)
