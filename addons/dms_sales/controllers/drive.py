"""Test drives on the website: store, model, day, time, name, phone; no login."""

from urllib.parse import urlencode

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets

from .visitor import check_form, customer, person

PAGE = "/test-drive"
# one address may book as often as a family does, not as a program
BOOKINGS = TokenBuckets(rate=1 / 60, burst=6)
KEPT = ("name", "phone", "email", "number", "classes", "valid_until")


class DriveWebsite(Controller):
    @route(
        PAGE, type="http", auth="public", website=True, methods=["GET"], sitemap=True
    )
    def test_drive(self, **query):
        """Choose where, what and when."""
        return self._page(query)

    @route(PAGE, type="http", auth="public", website=True, methods=["POST"])
    def test_drive_book(self, **form):
        """Book, and show the drive by its own link."""
        try:
            with request.env.cr.savepoint():
                drive = self._book(form)
        except UserError as error:
            return self._page(form, error=str(error), status=422)
        return request.redirect(drive.get_portal_url())

    def _book(self, form):
        check_form(
            form,
            BOOKINGS,
            request.env._("That time is taken. Choose another one."),
            request.env._(
                "Too many bookings from this connection: try again in a minute."
            ),
            request.env._(
                "Please agree that the store keeps your data for this drive."
            ),
        )
        chosen = self._chosen(form)
        if not (chosen["store"] and chosen["model"] and chosen["day"]):
            raise UserError(request.env._("Choose store, model, day and time."))
        drives = self._drives()
        drive = drives._dms_book_web(
            chosen["store"],
            chosen["model"],
            chosen["day"],
            form.get("start", ""),
            self._person(form),
        )
        visitor = request.env["website.visitor"]._get_visitor_from_request()
        drive.lead_id._dms_follow_visitor(visitor)
        return drive

    def _person(self, form):
        found = person(form, KEPT)
        return found | {"valid_until": _date(found["valid_until"])}

    def _drives(self):
        # visitors have no rights; the methods for the web show and take only this
        return request.env["dms.drive"].sudo()

    def _chosen(self, query):
        """Return store, model and day of an address; what does not fit is none."""
        drives = self._drives()
        stores = drives._dms_web_stores(request.website)
        store = stores.filtered(lambda one: str(one.id) == query.get("store"))
        if len(stores) == 1 and not query.get("store"):
            store = stores
        models = drives._dms_web_models(store) if store else drives.product_id
        model = models.filtered(lambda one: str(one.id) == query.get("model"))
        if len(models) == 1 and not query.get("model"):
            model = models
        days = drives._dms_web_days(store) if store else []
        day = _date(query.get("day"))
        return {
            "stores": stores,
            "store": store,
            "models": models,
            "model": model,
            "days": days,
            "day": day if day in days else None,
        }

    def _page(self, query, error="", status=200):
        chosen = self._chosen(query)
        slots = []
        if chosen["model"] and chosen["day"]:
            slots = self._drives()._dms_web_slots(
                chosen["store"], chosen["model"].id, chosen["day"]
            )
        values = chosen | {
            "slots": slots,
            "start": query.get("start", ""),
            "error": error,
            "form": query,
            "link": lambda **more: self._link(chosen, more),
            "known": customer(),
            "page_name": "test_drive",
        }
        response = request.render("dms_sales.test_drive", values)
        response.status_code = status
        return response

    def _link(self, chosen, more):
        now = {
            "store": chosen["store"].id,
            "model": chosen["model"].id,
            "day": chosen["day"],
        }
        query = {name: value for name, value in (now | more).items() if value}
        return f"{PAGE}?{urlencode(query)}"


def _date(text):
    try:
        return fields.Date.to_date(text) if text else None
    except ValueError:
        return None
