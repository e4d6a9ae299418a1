"""Customers and their documents on the last days."""

from odoo.fields import Command

from . import pictures
from .staff import CUSTOMER
from .stores import PASSWORD

REASON = "照片左下角被遮挡，请重新拍摄"


def gather(world, shop) -> None:
    """Three customers: one owes documents, one has sent them, one is to send again."""
    open_deals = shop.env["dms.deal"].search(
        [
            ("company_id", "=", shop.company_id),
            ("state", "in", ("offered", "ordered")),
        ],
        order="id desc",
        limit=len(STORIES),
    )
    for deal, tell in zip(open_deals, STORIES, strict=False):
        deal._dms_ask_documents()
        tell(deal)
    ordered = open_deals.filtered(lambda deal: deal.state == "ordered")
    if deal := (ordered or open_deals)[:1]:
        _log_in(world, shop, deal)


def _owes(deal) -> None:
    """Nothing has come yet."""


def _has_sent(deal) -> None:
    for number, document in enumerate(deal.document_ids):
        pages = [pictures.paper(deal.id * 10 + number + page) for page in range(2)]
        document._dms_take_files(pages, deal.env["res.users"])


def _sends_again(deal) -> None:
    _has_sent(deal)
    document = deal.document_ids[:1]
    document.reason = REASON
    document.action_return()
    deal.document_ids[1:].action_accept()


STORIES = (_has_sent, _owes, _sends_again)


def _log_in(world, shop, deal) -> None:
    """Let one customer of the store have a login."""
    is_first = shop.data == world.scope.stores[0]
    code = shop.data.code.lower()
    login = CUSTOMER.login if is_first else f"{code}.{CUSTOMER.login}"
    portal = shop.env.ref("base.group_portal")
    shop.env["res.users"].with_context(no_reset_password=True).create(
        {
            "login": login,
            "password": PASSWORD,
            "partner_id": deal.partner_id.id,
            "company_id": shop.company_id,
            "company_ids": [Command.set([shop.company_id])],
            "group_ids": [Command.set(portal.ids)],
            "lang": "zh_CN",
            "tz": "Asia/Shanghai",
        }
    )
