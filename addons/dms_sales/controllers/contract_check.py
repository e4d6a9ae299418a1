"""Anybody checks a contract: by its number, and by its file if he has it."""

from odoo.http import Controller, request, route

from odoo.addons.dms_base.controllers.limit import limited
from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets

LARGEST = 10_000_000
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Type": "text/plain; charset=utf-8",
}
# a person checks a paper; numbers are not to be tried out
buckets = TokenBuckets(rate=0.5, burst=30)


def for_checkers(path, **options):
    """A public page that answers 429 to who asks too often."""
    answers = route(
        path, type="http", auth="public", website=True, sitemap=False, **options
    )
    return lambda endpoint: answers(limited(endpoint, lambda: buckets, HEADERS))


class ContractCheck(Controller):
    @for_checkers("/contract/check", methods=["GET"])
    def page(self, number=None, **_ignored):
        """:param number: of the contract, as printed"""
        return self._show(number)

    @for_checkers(
        "/contract/check/file",
        methods=["POST"],
        max_content_length=LARGEST,
    )
    def file(self, number=None, file=None, **_ignored):
        """Check a file; it is read and forgotten."""
        content = file.read(LARGEST) if hasattr(file, "read") else b""
        return self._show(number, content)

    def _show(self, number, content=None):
        # what is shown is chosen there: no personal data but a masked name
        contracts = request.env["dms.contract"].sudo()
        facts = contracts._dms_check_facts(number, content)
        response = request.render("dms_sales.contract_check", facts)
        response.headers.update(
            {name: HEADERS[name] for name in ("Cache-Control", "X-Robots-Tag")}
        )
        return response
