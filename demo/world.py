"""What the modules that drive Odoo share: stores, offers, cars, time and chance."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from random import Random

from odoo import api

from .agenda import Agenda
from .clock import Clock
from .scope import Scope
from .stores import Store
from .vins import Works

# Nobody follows the history: no messages, no e-mails, no text messages.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_notify_force_send": False,
    "skip_sms": True,
    "skip_backorder": True,
    "lang": "zh_CN",
    "tz": "Asia/Shanghai",
}


@dataclass
class Car:
    """What the story remembers of a car in stock; ``asking`` is without discount."""

    vehicle_id: int
    offer: object
    since: date
    asking: float
    slow: bool = False


@dataclass
class Shop:
    """A store of the story with its people, its free cars and those on the way.

    ``line_ids`` are the floorplan lines by brand, ``hopes`` the leads of people who
    are about to order.
    """

    data: Store
    company_id: int
    manager_id: int
    seller_ids: list[int]
    rng: Random
    stock: list[Car] = field(default_factory=list)
    coming: int = 0
    line_ids: dict[str, int] = field(default_factory=dict)
    hopes: list[int] = field(default_factory=list)
    env: api.Environment | None = None

    @property
    def company(self):
        return self.env["res.company"].browse(self.company_id)

    def vehicle(self, car: Car):
        return self.env["dms.vehicle"].browse(car.vehicle_id)


class World:
    def __init__(self, env: api.Environment, scope: Scope, clock: Clock):
        self.scope = scope
        self.clock = clock
        self.agenda = Agenda(scope.today)
        self.works = Works()
        self.tally = Counter()
        self.shops: list[Shop] = []
        self.offers: defaultdict[tuple[str, int], list] = defaultdict(list)
        self.maker_ids: dict[str, int] = {}
        self.enter(env)

    def enter(self, env: api.Environment) -> None:
        """Work in the transaction of ``env`` from now on."""
        self.env = env(context=QUIET)
        self.clock.go(self.clock.today, env.cr)
        for shop in self.shops:
            shop.env = self.at(shop)

    def at(self, shop: Shop) -> api.Environment:
        """Work in one store, in the name of its manager."""
        context = {**QUIET, "allowed_company_ids": [shop.company_id]}
        return api.Environment(self.env.cr, shop.manager_id, context, True)

    def add_shop(self, data: Store, company, manager, sellers) -> Shop:
        rng = self.chance(data.code)
        shop = Shop(data, company.id, manager.id, sellers.ids, rng)
        shop.env = self.at(shop)
        self.shops.append(shop)
        return shop

    def user(self, login: str):
        return self.env["res.users"].search([("login", "=", login)])

    @property
    def companies(self):
        ids = [shop.company_id for shop in self.shops]
        return self.env["res.company"].browse(ids)

    @property
    def today(self) -> date:
        return self.clock.today

    def chance(self, purpose: str) -> Random:
        """A stream of its own per purpose: a change in one place moves no other."""
        return Random(f"{self.scope.seed}:{purpose}")

    def after(self, days, act) -> None:
        self.agenda.plan(self.today + days, act)

    def live(self) -> None:
        self.clock.go(self.agenda.next_day, self.env.cr)
        self.agenda.live()

    def create_bilingual(self, model: str, vals: dict, **chinese: str):
        """Create a record in English and say it in Chinese as well."""
        record = self.env[model].with_context(lang="en_US").create(vals)
        record.with_context(lang="zh_CN").write(chinese)
        return record.with_env(self.env)
