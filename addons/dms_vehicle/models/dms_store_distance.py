from itertools import permutations

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.dms_base.models.notification import notification

MEASURED = ("osrm", "manual")
TYPED = {"km", "minutes"}


class DmsStoreDistance(models.Model):
    """How far it is by road from one store of a dealer group to another.

    There and back are two records. What no router has answered yet is estimated. All
    staff of the group read it: it says nothing of a store but where it is.
    """

    _name = "dms.store.distance"
    _description = "Distance between Stores"
    _inherit = ["dms.store.mixin"]
    _order = "company_id, km, id"
    _dms_group_wide = True
    _dms_audit = False  # computed; what a person types is noted below

    company_id = fields.Many2one(
        string="Origin",
        default=False,
        ondelete="cascade",
        readonly=True,
        bypass_search_access=True,
    )
    to_company_id = fields.Many2one(
        "res.company",
        "Destination",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
        bypass_search_access=True,
    )
    km = fields.Float("Kilometres", digits=(8, 1), aggregator="avg")
    minutes = fields.Integer(
        aggregator="avg", help="Of driving, without rests and loading."
    )
    source = fields.Selection(
        [
            ("great_circle", "Estimated"),
            ("osrm", "Router"),
            ("manual", "By Hand"),
        ],
        required=True,
        readonly=True,
        default="great_circle",
        help="Estimated: straight line × detour factor of the dealer group. What was "
        "typed by hand stays until a store moves.",
    )
    as_of = fields.Datetime(readonly=True)

    _pair_uniq = models.UniqueIndex(
        "(company_id, to_company_id)", "The distance between these stores exists."
    )
    _two_stores = models.Constraint(
        "CHECK (company_id != to_company_id)", "A distance needs two stores."
    )
    _not_negative = models.Constraint(
        "CHECK (km >= 0 AND minutes >= 0)", "A distance is never negative."
    )

    @api.depends("company_id", "to_company_id")
    def _compute_display_name(self):
        for distance in self:
            # staff may not read their sister stores, but may know their names
            one, other = distance.sudo().company_id, distance.sudo().to_company_id
            distance.display_name = f"{one.name} → {other.name}"

    def write(self, vals):
        if TYPED & set(vals) and "source" not in vals:
            vals = vals | {"source": "manual", "as_of": fields.Datetime.now()}
            details = {name: vals[name] for name in TYPED & set(vals)}
            self.env["dms.audit.entry"]._note("other", self, details)
        return super().write(vals)

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    @api.model
    def _known(self, stores, others):
        """Return what is better than an estimate, as (id, id) to a dict."""
        # see res.company._dms_distances
        rows = self.sudo().search(
            [
                ("company_id", "in", stores.ids),
                ("to_company_id", "in", others.ids),
                ("source", "in", MEASURED),
            ]
        )
        return {row._pair(): row._values() for row in rows}

    def _pair(self):
        return self.company_id.id, self.to_company_id.id

    def _values(self):
        return {"km": self.km, "minutes": self.minutes, "source": self.source}

    # ------------------------------------------------------------
    # Measuring
    # ------------------------------------------------------------

    def action_refresh(self):
        """Estimate and ask the router, for the dealer groups that the user manages."""
        user = self.env.user
        # stores of the group that are not chosen now belong to it, too
        groups = user._dms_managed_groups() & user.company_ids.sudo().dms_group_id
        user._dms_check_manages_groups(groups or user.company_id.sudo().dms_group_id)
        asked = self._refresh(groups)
        return notification(
            self.env._("The router is asked; its answers come in shortly.")
            if asked
            else self.env._(
                "No router is connected: distances are estimated. A connector with the "
                "provider “Router (OSRM)” in any store of the group changes that."
            ),
            next={"type": "ir.actions.client", "tag": "soft_reload"},
        )

    @api.model
    def _cron_refresh(self):
        self._refresh(self.env["dms.group"].search(Domain.TRUE))

    @api.model
    def _refresh(self, groups, moved=None):
        """Bring the distances of dealer groups up to date.

        :param moved: stores about which nothing known holds any more
        :return: whether a router was asked
        """
        # distances are nobody's to write: they follow from where the stores are
        distances, moved = self.sudo(), moved or self.env["res.company"]
        distances._forget(groups, moved)
        return any([distances._measure(group, moved) for group in groups.sudo()])

    def _forget(self, groups, moved):
        """Remove what is no pair of stores of one group any more."""
        # a store that has left the group cannot be read any more
        stores = (
            groups.sudo().with_context(active_test=False).company_ids | moved.sudo()
        )
        around = [
            "|",
            ("company_id", "in", stores.ids),
            ("to_company_id", "in", stores.ids),
        ]
        self.search(around).filtered(lambda row: not row._is_pair()).unlink()

    def _is_pair(self):
        one, other = self.company_id, self.to_company_id
        is_one_group = one.dms_group_id == other.dms_group_id
        return is_one_group and one._dms_is_located() and other._dms_is_located()

    def _measure(self, group, moved):
        stores = group.company_ids.filtered(lambda store: store._dms_is_located())
        self._estimate(group, stores, moved)
        router = self.env["dms.connector"]._dms_router(group)
        if router:
            router._dms_ask_ways(group, stores)
        return bool(router)

    def _estimate(self, group, stores, moved):
        """Have a record for each pair; one that is better than an estimate stays.

        Only what the stores that moved have to do with changes, if some did.
        """
        known, moved = self._by_pair(stores.ids, moved.ids), set(moved.ids)
        guesses = {}
        for one, other in permutations(stores, 2):
            pair = one.id, other.id
            row = known.get(pair)
            is_estimate = not moved and (not row or row.source not in MEASURED)
            if is_estimate or moved & set(pair):
                guesses[pair] = one._dms_guess(other) | {"as_of": False}
        self._put(known, guesses)

    def _by_pair(self, ids, only=()):
        """:param only: ids of which each pair has at least one, all without"""
        domain = Domain("company_id", "in", ids) & Domain("to_company_id", "in", ids)
        if only:
            domain &= Domain("company_id", "in", only) | Domain(
                "to_company_id", "in", only
            )
        return {row._pair(): row for row in self.search(domain)}

    def _put(self, known, distances):
        """Write what differs and create what is missing.

        :param distances: (id, id) to values
        """
        self.create(
            [
                {"company_id": one, "to_company_id": other, **vals}
                for (one, other), vals in distances.items()
                if (one, other) not in known
            ]
        )
        for pair, vals in distances.items():
            row = known.get(pair)
            if row and any(row[name] != value for name, value in vals.items()):
                row.write(vals)

    @api.model
    def _take_over(self, places, table, asked_at):
        """Keep what a router answered.

        Not for stores that moved after the question, nor over a younger answer or what
        a person typed. Where there is no way, what is known stays.

        :param places: list of (id, latitude, longitude) that were asked for
        :param table: ``routing.Table`` in that order
        :param asked_at: when the question was written
        """
        ids = [place[0] for place in places]
        stores = self.env["res.company"].browse(ids).exists()
        here = {store.id: [store.id, *store._dms_position()] for store in stores}
        asked_at = asked_at.replace(microsecond=0)
        known = self._by_pair(ids)
        answers = {}
        for (one, place), (other, there) in permutations(enumerate(places), 2):
            row = known.get((place[0], there[0]))
            stayed = here.get(place[0]) == place and here.get(there[0]) == there
            way = table.between(one, other)
            if row and stayed and way and row._may_learn(asked_at):
                answers[row._pair()] = self._prepare_answer(way, asked_at)
        self._put(known, answers)

    def _may_learn(self, asked_at):
        is_younger = not self.as_of or self.as_of <= asked_at
        return self.source != "manual" and is_younger

    def _prepare_answer(self, way, asked_at):
        values = {"km": way.km, "minutes": way.minutes}
        return values | {"source": "osrm", "as_of": asked_at}
