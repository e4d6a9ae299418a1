"""What the modules that drive Odoo share: stores, products, cars, time and chance."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random

from odoo import api

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
    "skip_sms": True,
    "skip_backorder": True,
    "lang": "zh_CN",
    "tz": "Asia/Shanghai",
}


@dataclass
class Shop:
    """A store of the story with its company, its people and its free cars."""

    data: Store
    company: object
    env: api.Environment
    rng: Random
    sellers: list[int] = field(default_factory=list)
    stock: list = field(default_factory=list)
    coming: int = 0

    @property
    def code(self) -> str:
        return self.data.code

    @property
    def warehouse(self):
        domain = [("company_id", "=", self.company.id)]
        return self.env["stock.warehouse"].search(domain, limit=1)


@dataclass
class Car:
    """What the story remembers of a car in stock."""

    vehicle: object
    offer: object
    since: date
    slow: bool = False


class World:
    def __init__(self, env: api.Environment, scope: Scope, clock: Clock):
        self.env = env(context=QUIET)
        self.scope = scope
        self.clock = clock
        self.works = Works()
        self.shops: list[Shop] = []
        self.offers: defaultdict[tuple, list] = defaultdict(list)
        self.makers: dict[str, object] = {}
        self.tally = Counter()
        import os
        self.rounds = int(os.environ.get("R", 4))
        self._agenda: list = []
        self._turn = count()

    def chance(self, purpose: str) -> Random:
        """A stream of its own per purpose: a change in one place moves no other."""
        return Random(f"{self.scope.seed}:{purpose}")

    def at(self, company, user=None) -> api.Environment:
        """Work in one store, in the name of ``user``."""
        context = {**QUIET, "allowed_company_ids": company.ids}
        return api.Environment(self.env.cr, (user or self.env.user).id, context, True)

    def open_shop(self, data: Store, company, manager, sellers) -> Shop:
        env = self.at(company, manager)
        shop = Shop(data, company.with_env(env), env, self.chance(data.code), sellers)
        self.shops.append(shop)
        return shop

    @property
    def companies(self):
        return self.env["res.company"].union(*(shop.company for shop in self.shops))

    def create_bilingual(self, model: str, vals: dict, **chinese: str):
        """Create a record in English and say it in Chinese as well."""
        record = self.env[model].with_context(lang="en_US").create(vals)
        record.with_context(lang="zh_CN").write(chinese)
        return record.with_env(self.env)

    # The agenda

    def plan(self, day: date, act: Callable[[], None]) -> None:
        """Do ``act`` on ``day``, unless that lies beyond the end of the story."""
        if day < self.scope.today:
            heapq.heappush(self._agenda, (day, next(self._turn), act))

    def next_day(self) -> date | None:
        return self._agenda[0][0] if self._agenda else None

    def live(self) -> None:
        """Do what the agenda holds for the next day."""
        day = self._agenda[0][0]
        self.clock.go(day)
        while self._agenda and self._agenda[0][0] == day:
            heapq.heappop(self._agenda)[2]()
