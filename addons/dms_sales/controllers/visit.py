"""Visits of the store: booked on the website, checked in at the door by a code."""

from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Controller, request, route
from odoo.tools import consteq

from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets
from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.sale_order_quote import qr_picture
from .visitor import check_form, customer

PAGE = "/visit"
BOOKINGS = TokenBuckets(rate=1 / 60, burst=6)
# a showroom has one address for all its visitors
CHECK_INS = TokenBuckets(rate=1 / 10, burst=20)
NOTICE = "dms_visit_notice"


class VisitWebsite(Controller):
    @route(
        PAGE, type="http", auth="public", website=True, methods=["GET"], sitemap=True
    )
    def visit(self, **query):
        """Choose the store and when to come."""
        return self._page(query)

    @route(PAGE, type="http", auth="public", website=True, methods=["POST"])
    def visit_book(self, **form):
        """Book, and show the code for the door."""
        try:
            with request.env.cr.savepoint():
                booking = self._book(form)
        except UserError as error:
            return self._page(form, error=str(error), status=422)
        return request.redirect(booking.get_portal_url())

    def _book(self, form):
        _check_person(form, BOOKINGS)
        store = self._store(form)
        planned = _time(form.get("start"))
        if not (store and planned):
            raise UserError(request.env._("Choose a store and a time."))
        person = {name: form.get(name) or "" for name in ("name", "phone", "email")}
        partner = customer()
        person["partner"] = partner and partner.sudo()
        # visitors have no rights; this method books what the page offers
        bookings = request.env["dms.visit.booking"].sudo()
        booking = bookings._dms_book_visit(store, planned, person, self._model(form))
        visitor = request.env["website.visitor"]._get_visitor_from_request()
        booking.lead_id._dms_follow_visitor(visitor)
        return booking

    def _store(self, query):
        stores = request.website._dms_shop_stores()
        chosen = query.get("store") or ""
        return stores.filtered(lambda one: str(one.id) == chosen)

    def _model(self, query):
        """:return: the published model that was looked at, as sudo, or none"""
        text = query.get("model") or ""
        models = request.env["product.template"].sudo()
        model = models.browse(int(text) if text.isdecimal() else 0).exists()
        return model if model.is_published and model.dms_is_vehicle else None

    def _page(self, query, error="", status=200):
        store = self._store(query)
        bookings = request.env["dms.visit.booking"].sudo()  # open hours are public
        slots = bookings._dms_visit_slots(store) if store else []
        zone = store._dms_opening_hours().tz if store else None
        model = self._model(query)
        values = {
            "stores": request.website._dms_shop_stores(),
            "store": store,
            "model": model,
            "days": _by_day(bookings.with_context(tz=zone), slots),
            "error": error,
            "form": query,
            "known": customer(),
            "link": lambda one: f"{PAGE}?{urlencode(_kept(one, model))}",
        }
        response = request.render("dms_sales.visit", values)
        response.status_code = status
        return response

    # At the door

    @route(
        "/check-in/<int:store_id>/<string:key>",
        type="http",
        auth="public",
        website=True,
        methods=["GET", "POST"],
        sitemap=False,
    )
    def check_in(self, store_id, key, **form):
        """The page behind the code at the door of a store."""
        store = request.env["res.company"].sudo().browse(store_id).exists()
        if not (store and consteq(store._dms_door_key(), key)):
            raise NotFound
        values = {"store": store, "form": form, "error": "", "visit": None}
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    values["visit"] = self._check_in(store, form)
            except UserError as error:
                values["error"] = str(error)
        return request.render("dms_sales.check_in", values)

    def _check_in(self, store, form):
        _check_person(form, CHECK_INS)
        # whoever stands at the door has no rights; this notes that he is there
        visits = request.env["dms.showroom.visit"].sudo()
        return visits._dms_check_in(store, form.get("phone"), form.get("name"))

    @route("/dms/door-code", type="http", auth="user", website=True, sitemap=False)
    def door_code(self, **_ignored):
        """The code to hang up at the door, for the staff of the store."""
        store = request.env.user.company_id
        user = request.env.user
        if not user.has_group("dms_base.group_dms_sales_consultant"):
            raise NotFound
        url = f"{store.get_base_url()}{store.sudo()._dms_door_path()}"
        values = {"store": store.sudo(), "url": url, "qr": qr_picture(url)}
        return request.render("dms_sales.door_code", values)


class VisitPortal(CustomerPortal):
    @route("/my/visits/<int:booking_id>", type="http", auth="public", website=True)
    def portal_visit(self, booking_id, access_token=None, **_ignored):
        """A booked visit with its code; the reception scans it and receives."""
        booking_sudo = self._visit_booking(booking_id, access_token)
        if not booking_sudo:
            return request.redirect("/my")
        booking = request.env["dms.visit.booking"].browse(booking_id)
        if request.env.user._is_internal() and booking.has_access("write"):
            return request.redirect(f"/odoo/booked-visits/{booking_id}")
        url = f"{booking_sudo.get_base_url()}{booking_sudo.get_portal_url()}"
        values = {
            "booking": booking_sudo,
            "store": booking_sudo.company_id,
            "qr": qr_picture(url),
            "zone": booking_sudo.company_id._dms_opening_hours().tz,
            "page_name": "visit",
            "notice": request.session.pop(NOTICE, None),
        }
        return request.render("dms_sales.portal_visit", values)

    @route(
        "/my/visits/<int:booking_id>/cancel",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def portal_visit_cancel(self, booking_id, access_token=None, **_ignored):
        """Cancel by the link."""
        booking_sudo = self._visit_booking(booking_id, access_token)
        if not booking_sudo:
            return request.redirect("/my")
        try:
            booking_sudo._dms_cancel_visit()
        except UserError as error:
            request.session[NOTICE] = str(error)
        return request.redirect(booking_sudo.get_portal_url())

    def _visit_booking(self, booking_id, access_token):
        try:
            return self._document_check_access(
                "dms.visit.booking", booking_id, access_token
            )
        except (AccessError, MissingError):
            return None


def _check_person(form, buckets):
    check_form(
        form,
        buckets,
        request.env._("Choose a store and a time."),
        request.env._("Too many from this connection: try again in a minute."),
        request.env._("Please agree that the store keeps your data for this visit."),
    )


def _kept(store, model):
    query = {"store": store.id, "model": model.id if model else None}
    return {name: value for name, value in query.items() if value}


def _time(text):
    try:
        return fields.Datetime.to_datetime(text) if text else None
    except ValueError:
        return None


def _by_day(bookings, slots):
    """:return: dict of the day there to (UTC text, "HH:MM" there)"""
    days = {}
    for slot in slots:
        there = fields.Datetime.context_timestamp(bookings, slot)
        days.setdefault(there.date(), []).append(
            (fields.Datetime.to_string(slot), there.strftime("%H:%M"))
        )
    return days
