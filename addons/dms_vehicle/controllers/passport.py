"""A car's passport as anybody reads it who has its address.

Nothing here writes: every route may be served by a replica. An address that is revoked,
has expired or never was gets the same answer, so that nobody learns which it is.
"""

import json
from urllib.parse import quote

from odoo.http import Controller, request, route

from odoo.addons.dms_base.controllers.limit import limited
from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets

from .. import passport

ASSETS = "dms_vehicle.assets_passport"
PRIVATE = "private, no-store"
SVG = "image/svg+xml"

# One visit takes four requests; a whole office may sit behind one address.
buckets = TokenBuckets(rate=10, burst=120)

HEADERS = {
    "Cache-Control": PRIVATE,
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
ONLY_OURS = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)


def for_readers(path):
    """A public route that only reads; answers 429 to who asks too often."""
    reads = route(
        path,
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    refusal = HEADERS | {"Content-Type": "text/plain"}
    return lambda endpoint: reads(limited(endpoint, lambda: buckets, refusal))


def _path(secret):
    return f"/dms/passport/{quote(secret, safe='')}"


class PassportController(Controller):
    @for_readers("/dms/passport/<string:secret>")
    def page(self, secret, lang=None, **_ignored):
        """:param lang: ``zh`` or ``en``; without it the browser's language"""
        language = self._language(lang)
        found = self._find(secret, language)
        if not found:
            return self._nothing(language)
        values = found._page_values() | {"language": language, "path": _path(secret)}
        return self._render("dms_vehicle.passport_page", values)

    @for_readers("/dms/passport/<string:secret>/passport.json")
    def data(self, secret, since=None, **_ignored):
        """:param since: entries of the log when the reader was here last"""
        found = self._find(secret)
        if not found:
            return self._nothing(self._language(None))
        if not request.env(su=True)["dms.log"]._size():
            return self._nothing(self._language(None))
        size = int(since) if since and since.isdecimal() and len(since) < 16 else None
        content = json.dumps(found._passport(size), ensure_ascii=False)
        name = f'attachment; filename="passport-{found.vin}.json"'
        kind = {"Content-Type": "application/json", "Content-Disposition": name}
        return request.make_response(content, HEADERS | kind)

    @for_readers("/dms/passport/<string:secret>/qr.svg")
    def code(self, secret, **_ignored):
        found = self._find(secret)
        if not found:
            return self._nothing(self._language(None))
        picture = passport.qr_svg(found.get_base_url() + _path(secret))
        return request.make_response(picture, HEADERS | {"Content-Type": SVG})

    def _find(self, secret, language="en"):
        code = passport.LANGUAGES[language]
        installed = [one for one, _name in request.env["res.lang"].get_installed()]
        context = {"lang": code if code in installed else "en_US"}
        return request.env["dms.vehicle.passport"].with_context(context)._find(secret)

    def _language(self, wanted):
        accepted = request.httprequest.accept_languages.values()
        return passport.choose(wanted, list(accepted))

    def _nothing(self, language):
        values = {"language": language, "path": request.httprequest.path}
        return self._render("dms_vehicle.passport_nothing", values, status=404)

    def _render(self, template, values, status=200):
        language = passport.LANGUAGES[values["language"]]
        views = request.env["ir.qweb"].with_context(lang=language)
        links = views._get_asset_links(ASSETS)
        # templates are closed to readers without an account
        content = views.sudo()._render(template, values | {"links": links})
        headers = HEADERS | {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": ONLY_OURS,
            "Vary": "Accept-Language",
        }
        return request.make_response(
            f"<!DOCTYPE html>\n{content}", headers, status=status
        )
