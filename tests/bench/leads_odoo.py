"""The score of leads beside Odoo's own probability, on the same later leads.

    ./dms bench leads_odoo [--rows N]

Public leads (see `leads`) become leads of Odoo: source, country, and as tags all that
is a choice, which is what Odoo's probability can look at. Both learn from the same
closed ones and judge the same others; ours once from the same columns, once from all.
Without the public file it is skipped and says so.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import leads as bench_leads
import learning
from inside import environment
from support import prepared, suite_database

from odoo.addons.dms_base.learners import Classifier, figures

FILE, GROUP, ARGUMENTS = bench_leads.PUBLIC[0]
TARGET, LEFT_OUT = "Converted", ("Prospect ID", "Lead Number", *bench_leads.LEAKS)
SOURCE, COUNTRY = "Lead Source", "Country"
NOTHING = ("", "Select")
MANY = 25  # a choice has at most so many values


def main(argv):
    """Run the benchmark; 0 if it ran or there was nothing to run on."""
    options = _options(argv)
    path = learning.SHELF / FILE
    if not path.exists():
        print(f"bench leads_odoo: skipped, there is no {path}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        parts = learning.split(path, Path(folder), GROUP)
        train, test = (learning.read(part) for part in parts)
        learning.introduce(*parts, len(train), len(test))
    train = train.take(range(min(len(train), options.rows)))
    truth, _yes = learning.outcomes(test.column(TARGET), "1")
    for name, scores in _ours(train, test):
        learning.report({name: figures(truth, scores)})
    bench = prepared()
    with suite_database(bench, "bench_leads_odoo") as database:
        with environment(bench, database) as env:
            learning.report({"Odoo's own": figures(truth, _odoo(env, train, test))})
    return 0


def _options(argv):
    parser = argparse.ArgumentParser(prog="./dms bench leads_odoo")
    parser.add_argument(
        "--rows", type=int, default=10_000, help="at most to learn from"
    )
    return parser.parse_args(argv)


def _choices(table):
    """Return the columns that Odoo can look at."""
    return [
        name
        for name in table.columns
        if name not in (TARGET, SOURCE, COUNTRY, *LEFT_OUT)
        and 1 < len(set(table.column(name))) <= MANY
    ]


def _ours(train, test):
    """Yield names and scores of what we learn."""
    outcome, _yes = learning.outcomes(train.column(TARGET), "1")
    same = {SOURCE, COUNTRY, *_choices(train)}
    for name, columns in (
        ("ours, from the same columns", same),
        ("ours, from all columns", set(train.columns)),
    ):
        others = [
            column
            for column in train.columns
            if column not in columns or column in (TARGET, *LEFT_OUT)
        ]
        trained = Classifier().fit(train.without(others), outcome)
        yield name, trained.predict(test.without(others))


def _odoo(env, train, test):
    """Return Odoo's probabilities of the test leads, from 0 to 1."""
    parameters = env["ir.config_parameter"]
    parameters.set_param("crm.pls_start_date", "2000-01-01")
    parameters.set_param("crm.pls_fields", "country_id,source_id,tag_ids")
    known = _Known(env, _choices(train))
    won = env["crm.stage"].search([("is_won", "=", True)], limit=1)
    closed = [
        vals
        | (
            {"stage_id": won.id, "probability": 100}
            if row == "1"
            else {"active": False, "probability": 0}
        )
        for vals, row in zip(known.values(train), train.column(TARGET), strict=True)
    ]
    leads = env["crm.lead"].with_context(tracking_disable=True, mail_create_nolog=True)
    leads.create(closed)
    asked = leads.create(known.values(test))
    env.flush_all()
    asked._rebuild_pls_frequency_table()
    env.flush_all()
    given = asked._pls_get_naive_bayes_probabilities(batch_mode=True)
    given = given[0] if isinstance(given, tuple) else given
    return [given.get(lead.id, 0) / 100 for lead in asked]


class _Known:
    """What rows say, as records; each is made once."""

    def __init__(self, env, choices):
        self.env, self.choices = env, choices
        self.store = env["res.company"].search([], limit=1)
        self.records = {}

    def values(self, table):
        """Return values of a lead per row."""
        rows = zip(*(table.column(n) for n in (SOURCE, COUNTRY)), strict=True)
        return [
            {
                "name": f"Lead {number}",
                "type": "opportunity",
                "company_id": self.store.id,
                "user_id": False,
                "team_id": False,
                "source_id": self._record("utm.source", source),
                "country_id": self._country(country),
                "tag_ids": [(6, 0, self._tags(table, number))],
            }
            for number, (source, country) in enumerate(rows)
        ]

    def _tags(self, table, number):
        said = ((n, table.column(n)[number]) for n in self.choices)
        return [
            self._record("crm.tag", f"{name}: {value}")
            for name, value in said
            if value not in NOTHING
        ]

    def _record(self, model, name):
        if not name or name in NOTHING:
            return False
        if (model, name) not in self.records:
            self.records[model, name] = self.env[model].create({"name": name}).id
        return self.records[model, name]

    def _country(self, name):
        if name in NOTHING:
            return False
        if ("country", name) not in self.records:
            found = self.env["res.country"].search([("name", "=ilike", name)], limit=1)
            self.records["country", name] = found.id
        return self.records["country", name]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
