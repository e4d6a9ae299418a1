"""Certificates of the cars on the yard: at the bank, in the safe, or on their way."""

from odoo.fields import Command

from .staff import BANKER, GROUP_ADMIN
from .stores import PASSWORD

BANK = "星海银行汽车金融部"
PLEDGED_SHARE = 0.6
LATE_ONE_IN = 10
REPAID = 3


def found_bank(world) -> None:
    """One bank lends to all stores; somebody of it logs in and co-signs."""
    bank = world.env["res.partner"].create({"name": BANK, "is_company": True})
    desk = {"name": BANKER.name, "parent_id": bank.id, "lang": "zh_CN"}
    user = world.env["res.users"].create(
        {
            "login": BANKER.login,
            "partner_id": world.env["res.partner"].create(desk).id,
            "name": BANKER.name,
            "group_ids": [Command.set(world.env.ref("base.group_portal").ids)],
        }
    )
    user._change_password(PASSWORD)


def hand_in(world, shop) -> None:
    """Enter the certificates of all free cars, the day before the story ends.

    Those of cars that a maker finances stay with him.
    """
    papers = _enter(shop)
    free = papers.filtered(lambda paper: not paper.lender_id)
    _pledge(world, shop, free[: round(len(free) * PLEDGED_SHARE)])
    pledged = papers.filtered(lambda paper: paper.lender_id.name == BANK)
    _hand_over(world, pledged, "bank")
    _hand_over(world, papers.filtered(lambda paper: not paper.lender_id), "store")
    _repay(world, pledged[-REPAID:])


def _enter(shop):
    cars = [shop.vehicle(car) for car in shop.stock]
    vals_list = [
        {"vehicle_id": car.id, "number": f"{car.vin[:3]}{car.vin[-12:]}"}
        for car in sorted(cars, key=lambda car: car.vin)
    ]
    shop.rng.shuffle(vals_list)
    return shop.env["dms.certificate"].create(vals_list)


def _pledge(world, shop, papers) -> None:
    loan = {
        "lender_id": world.user(BANKER.login).partner_id.commercial_partner_id.id,
        "reference": f"BA-{world.today.year}-{shop.data.code}",
    }
    papers.env["dms.certificate.pledge"].create(
        [
            loan
            | {
                "certificate_id": paper.id,
                "since": paper.vehicle_id.received_date or world.today,
            }
            for paper in papers
        ]
    )


def _hand_over(world, papers, kind: str) -> None:
    """Most have arrived; some parcels wait for whoever confirms them."""
    handovers = papers.env["dms.certificate.handover"].create(
        [{"certificate_id": paper.id, "to_kind": kind} for paper in papers]
    )
    late = -(-len(handovers) // LATE_ONE_IN)
    arrived = handovers[late:]
    cosigner = BANKER if kind == "bank" else GROUP_ADMIN
    _by(world, cosigner, arrived).accept()


def _repay(world, papers) -> None:
    """The bank releases one car that was repaid; it still thinks about the others."""
    releases = papers.env["dms.certificate.release"].create(
        [{"certificate_id": paper.id, "receipt": "保证金回单"} for paper in papers]
    )
    _by(world, BANKER, releases[:1]).accept()


def _by(world, person, records):
    """Return records as somebody else sees them, without the rights of the story."""
    user = world.user(person.login)
    stores = {"allowed_company_ids": user.company_ids.ids}
    return records.with_user(user).with_context(**stores)
