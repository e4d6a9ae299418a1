from odoo import api, models

from odoo.addons.dms_base.merkle import EntryError, decode

from ..passport import UNREADABLE, facts_of

UNKNOWN_ICON = "fa-circle-o"
QUIET_ICON = "fa-lock"


class DmsVehiclePage(models.AbstractModel):
    """What pages outside the web client say about a car."""

    _name = "dms.vehicle.page"
    _description = "Pages about a Vehicle"

    def _dms_head(self):
        """Return what a page says about the car at its top: no person, no price."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        options = self.product_id.product_template_attribute_value_ids
        return {
            "vin": self.vin,
            "brand": self.brand_id.name or "",
            "model": self.product_id.product_tmpl_id.name or self.vin_maker or "",
            "options": [(one.attribute_id.name, one.name) for one in options],
            "year": self.model_year or "",
            "kind": kinds.get(self.kind, ""),
            "km": self._distance(f"{self.odometer_km:,}") if self.odometer_km else "",
        }

    def _dms_timeline(self, words):
        """Return the recorded events of the car, the oldest first, for a page.

        :param words: ``_event_words``
        :return: list of dict of texts: ``place`` (its number in the passport), ``name``
            and ``icon`` of its kind, ``day``, ``city`` and ``km``. Kinds that are not
            for the public are named as such, unknown ones by their code.
        """
        log = self.env["dms.log"]
        checkpoint = self.env["dms.log.checkpoint"].sudo()._latest()  # public
        leaves = log._leaves_of(self.vin, checkpoint.size)
        return [
            self._event_row(place, _facts(leaf), words)
            for place, (_index, leaf) in enumerate(leaves, start=1)
        ]

    @api.model
    def _event_row(self, place, facts, words):
        name, icon = words.get(facts.kind, (facts.kind, UNKNOWN_ICON))
        return {
            "place": place,
            "name": name,
            "icon": icon,
            "day": facts.day,
            "city": facts.place,
            "km": self._distance(f"{facts.km:,}") if facts.km else "",
        }

    @api.model
    def _distance(self, number):
        """Return a number of kilometres, or what stands for it, with its unit."""
        return self.env._("%(number)s km", number=number)

    @api.model
    def _event_words(self):
        """Return code -> [name, icon] of the kinds of events, in the user's language.

        A kind that is not for the public has no name, only the place it takes.
        """
        kinds = self.env["dms.vehicle.event.kind"].with_context(active_test=False)
        quiet = self.env._("Internal entry")
        # the words of events are no secret
        return {
            kind.code: [kind.name, kind.icon or UNKNOWN_ICON]
            if kind.public
            else [quiet, QUIET_ICON]
            for kind in kinds.sudo().search([])
        }


def _facts(leaf):
    """What cannot be read takes its place all the same; the check names it."""
    try:
        return facts_of(decode(leaf))
    except EntryError:
        return UNREADABLE
