"""The web shop of cars: which store has the model, and reserving one of them."""

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Controller, request, route

from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets
from odoo.addons.portal.controllers.portal import pager
from odoo.addons.sale.controllers.portal import CustomerPortal

from ..models.shop_product import position
from .visitor import check_form, customer, person

PAGE = "/shop/reserve"
# one address may reserve as often as a family does, not as a program
RESERVATIONS = TokenBuckets(rate=1 / 60, burst=6)
KEPT = ("name", "phone", "email")
NOTICE = "dms_reservation_notice"


class CarShop(Controller):
    @route(
        "/shop/car/stores",
        type="jsonrpc",
        auth="public",
        website=True,
        readonly=True,
    )
    def car_stores(self, product_id, latitude=None, longitude=None):
        """:return: the stores that have a model, as HTML; where the visitor is, is
        used for the order and kept nowhere"""
        product = _published(request.env["product.product"].browse(int(product_id)))
        if not product:
            return ""
        return request.env["ir.qweb"]._render(
            "dms_sales.shop_car_stores",
            shop_values(product, position(latitude, longitude)),
        )

    @route(PAGE, type="http", auth="public", website=True, methods=["GET"])
    def reserve_page(self, **query):
        """What is reserved, where, for how much, and who reserves it."""
        return self._page(query)

    @route(PAGE, type="http", auth="public", website=True, methods=["POST"])
    def reserve(self, **form):
        """Hold a car, and go on to the payment by the reservation's own link."""
        try:
            with request.env.cr.savepoint():
                reservation = self._reserve(form)
        except UserError as error:
            return self._page(form, error=str(error), status=422)
        return request.redirect(reservation.get_portal_url())

    def _reserve(self, form):
        choose = request.env._("Choose a car and a store.")
        check_form(
            form,
            RESERVATIONS,
            choose,
            request.env._(
                "Too many reservations from this connection: try again in a minute."
            ),
            request.env._(
                "Please agree that the store keeps your data for this reservation."
            ),
        )
        product, store = self._chosen(form)
        if not (product and store):
            raise UserError(choose)
        # visitors have no rights; this method takes only what the shop shows
        reservations = request.env["dms.reservation"].sudo()
        reservation = reservations._dms_reserve(
            store, product.sudo(), person(form, KEPT)
        )
        visitor = request.env["website.visitor"]._get_visitor_from_request()
        reservation.lead_id._dms_follow_visitor(visitor)
        return reservation

    def _chosen(self, query):
        """Return model and store of an address; what does not fit is none."""
        products = request.env["product.product"]
        product = _published(products.browse(_number(query.get("product"))))
        stores = request.env["res.company"].sudo()  # those of the shop
        if product:
            stores = request.website._dms_shop_stores(product.sudo().dms_brand_id)
        chosen = _number(query.get("store"))
        return product, stores.filtered(lambda store: store.id == chosen)

    def _page(self, query, error="", status=200):
        product, store = self._chosen(query)
        if not (product and store):
            return request.redirect("/shop")
        facts = product._dms_shop_facts(request.website)
        values = {
            "product": product,
            "store": store,
            "facts": next(one for one in facts if one["store"] == store),
            "terms": product._dms_shop_finance(store),
            "deposit_words": store._dms_shop_deposit_words(product),
            "error": error,
            "form": query,
            "known": customer(),
        }
        response = request.render("dms_sales.shop_reserve", values)
        response.status_code = status
        return response


class ReservationPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "dms_reservation_count" in counters:
            # a customer reads no reservation; only his own are counted
            reservations = request.env["dms.reservation"].sudo()
            count = reservations.search_count(_own_reservations())
            values["dms_reservation_count"] = count
        return values

    @route(
        ["/my/reservations", "/my/reservations/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_reservations(self, page=1, **_ignored):
        """The reservations of whoever is logged in."""
        # a customer reads no reservation; only his own are looked for
        reservations = request.env["dms.reservation"].sudo()
        domain = _own_reservations()
        pages = pager("/my/reservations", reservations.search_count(domain), page)
        values = {
            "reservations": reservations.search(
                domain, limit=20, offset=pages["offset"]
            ),
            "pager": pages,
            "page_name": "reservations",
        }
        return request.render("dms_sales.portal_reservations", values)

    @route(
        "/my/reservations/<int:reservation_id>",
        type="http",
        auth="public",
        website=True,
    )
    def portal_reservation(self, reservation_id, access_token=None, **_ignored):
        """A reservation with its payment, for whoever has its link."""
        reservation_sudo = self._reservation(reservation_id, access_token)
        if not reservation_sudo:
            return request.redirect("/my")
        values = {
            "reservation": reservation_sudo,
            "store": reservation_sudo.company_id,
            "page_name": "reservation",
            "notice": request.session.pop(NOTICE, None),
            "may_pay": reservation_sudo._dms_may_pay(),
        }
        if values["may_pay"]:
            values |= self._get_payment_values(
                reservation_sudo.order_id, is_down_payment=True
            )
            values["landing_route"] = reservation_sudo.get_portal_url()
        return request.render("dms_sales.portal_reservation", values)

    @route(
        "/my/reservations/<int:reservation_id>/give-up",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def portal_reservation_give_up(self, reservation_id, access_token=None, **_ignored):
        """Give the car back before it is paid."""
        reservation_sudo = self._reservation(reservation_id, access_token)
        if not reservation_sudo:
            return request.redirect("/my")
        try:
            reservation_sudo._dms_give_up()
        except UserError as error:
            request.session[NOTICE] = str(error)
        return request.redirect(reservation_sudo.get_portal_url())

    def _reservation(self, reservation_id, access_token):
        try:
            return self._document_check_access(
                "dms.reservation", reservation_id, access_token
            )
        except (AccessError, MissingError):
            return None


def _own_reservations():
    partner = request.env.user.partner_id.commercial_partner_id
    return [("partner_id", "child_of", partner.id)]


def shop_values(product, place=None):
    """:return: what the part about stores on the page of a model shows"""
    facts = product._dms_shop_facts(request.website, place)
    store = facts[0]["store"] if facts else None
    return {
        "product": product,
        "facts": facts,
        "terms": product._dms_shop_finance(store) if store else [],
        "website": request.website,
    }


def _published(product):
    """:return: the model if a visitor may see it in the shop, else none"""
    # whether it is published is asked before a visitor may read it
    known = product.sudo().exists()
    model = known.product_tmpl_id
    shown = (
        model.dms_is_vehicle
        and model.is_published
        and model.sale_ok
        and model.can_access_from_current_website()
    )
    return product if shown else product.browse()


def _number(text):
    return int(text) if text and str(text).isdecimal() else 0
