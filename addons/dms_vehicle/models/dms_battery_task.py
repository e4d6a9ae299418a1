from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..inspection import Battery, battery_due
from .dms_battery_reading import WITH_BATTERY
from .dms_vehicle_states import IN_STOCK

CANDIDATES = """
    SELECT v.id AS car,
           v.company_id AS store,
           COALESCE(v.received_date, v.create_date::date) AS since,
           v.active AND v.kind IN %(kinds)s AND v.state IN %(states)s AS here,
           c.dms_battery_days AS days,
           c.dms_battery_minimum AS minimum,
           r.id AS reading,
           r.at::date AS read_on,
           r.soc AS soc,
           r.charged AS charged,
           t.id AS task,
           t.need AS need
      FROM dms_vehicle v
      JOIN res_company c ON c.id = v.company_id
 LEFT JOIN dms_battery_task t ON t.vehicle_id = v.id AND t.state = 'open'
 LEFT JOIN LATERAL (
               SELECT id, at, soc, charged
                 FROM dms_battery_reading
                WHERE vehicle_id = v.id
             ORDER BY at DESC, id DESC
                LIMIT 1
           ) r ON TRUE
     WHERE %(which)s
       AND (t.id IS NOT NULL
            OR v.active AND v.kind IN %(kinds)s AND v.state IN %(states)s)
  ORDER BY v.id
"""


class DmsBatteryTask(models.Model):
    """The battery of a stored car that wants to be checked or charged.

    Tasks open and close by what is known of the batteries; a reading is all that
    people enter.
    """

    _name = "dms.battery.task"
    _description = "Battery Task"
    _inherit = ["dms.store.mixin"]
    _order = "due_date, id"
    _rec_name = "vin"

    vehicle_id = fields.Many2one(
        "dms.vehicle", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(default=None)
    vin = fields.Char("VIN", related="vehicle_id.vin", store=True)
    product_id = fields.Many2one(related="vehicle_id.product_id", string="Model")
    location_id = fields.Many2one(related="vehicle_id.location_id", string="Stands at")
    yard_slot_id = fields.Many2one(related="vehicle_id.yard_slot_id")
    yard_site_id = fields.Many2one(related="vehicle_id.yard_site_id")
    battery_soc = fields.Float(related="vehicle_id.battery_soc")
    battery_read_at = fields.Datetime(related="vehicle_id.battery_read_at")
    need = fields.Selection(
        [("check", "Check"), ("charge", "Charge")], "What to Do", required=True
    )
    due_date = fields.Date("Due since", required=True)
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("cancelled", "No Longer Needed")],
        required=True,
        default="open",
    )
    reading_id = fields.Many2one(
        "dms.battery.reading", "Done by", index="btree_not_null"
    )

    _one_open = models.UniqueIndex(
        "(vehicle_id) WHERE state = 'open'",
        "This car has an open battery task already.",
    )
    _state_idx = models.Index("(company_id, state, due_date)")

    @api.model
    def _cron_plan(self):
        """Open and close the tasks of all stores; a second run changes nothing."""
        rows = self._candidates(None)
        self._plan_apart(self.env["dms.vehicle"].browse(row["car"] for row in rows))

    @api.model
    def _plan_apart(self, cars):
        """Plan for cars; those that somebody else plans at this moment are his."""
        try:
            with self.env.cr.savepoint():
                self._plan(cars)
        except (IntegrityError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
            if len(cars) == 1:
                return
            middle = len(cars) // 2
            for half in (cars[:middle], cars[middle:]):
                self._plan_apart(half)

    @api.model
    def _plan(self, cars=None):
        """Bring the tasks in line with what is known of the batteries.

        :param cars: only theirs; of all stores without
        """
        today = fields.Date.context_today(self)
        new = []
        for row in self._candidates(cars):
            due = row["here"] and _due(row, today)
            if due and not row["task"]:
                new.append(_prepare(row, due))
            elif row["task"]:
                self.browse(row["task"])._follow(row, due)
        # of two who plan at once, the second is to see the task of the first
        self.env["dms.vehicle"].browse(vals["vehicle_id"] for vals in new)._dms_claim()
        self.create(new)

    @api.model
    def _drop(self, cars):
        """Cars that leave a store leave no work there."""
        mine = [("vehicle_id", "in", cars.ids), ("state", "=", "open")]
        self.search(mine).state = "cancelled"

    @api.model
    def _candidates(self, cars):
        """Return the cars that have a task or might get one, by one query."""
        self.env.flush_all()
        which = SQL("TRUE")
        if cars is not None:
            which = SQL("v.id IN %s", tuple(cars.ids) or (0,))
        return self.env.execute_query_dict(
            SQL(CANDIDATES, which=which, kinds=WITH_BATTERY, states=IN_STOCK)
        )

    def _follow(self, row, due):
        """Close an open task that is not due any more, or say what it is about now."""
        if due and due[0] != row["need"]:
            self.write({"need": due[0], "due_date": due[1]})
        elif not due:
            state = "done" if row["here"] else "cancelled"
            self.write({"state": state, "reading_id": row["here"] and row["reading"]})

    # Actions

    def action_read(self):
        return self.vehicle_id._dms_action_reading(charged=False)

    def action_charged(self):
        return self.vehicle_id._dms_action_reading(charged=True)

    def action_find_on_plan(self):
        self.ensure_one()
        return self.vehicle_id.action_find_on_plan()

    def action_open_vehicle(self):
        self.ensure_one()
        return self.vehicle_id._get_records_action(context={})


def _due(row, today):
    battery = Battery(
        since=row["since"],
        read_on=row["read_on"],
        soc=float(row["soc"] or 0),
        charged=bool(row["charged"]),
    )
    return battery_due(battery, today, row["days"] or 0, row["minimum"] or 0)


def _prepare(row, due):
    return {
        "vehicle_id": row["car"],
        "company_id": row["store"],
        "need": due[0],
        "due_date": due[1],
    }
