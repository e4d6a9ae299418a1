from odoo import Command


def prepare_entry(line, day, label, items, **more):
    """Return the values of an entry of a lender's books.

    :param line: the floorplan line, whose journal it is
    :param items: values of its items; those over zero are left out
    """
    return more | {
        "move_type": "entry",
        "journal_id": line.journal_id.id,
        "company_id": line.company_id.id,
        "date": day,
        "ref": label,
        "line_ids": [Command.create(item) for item in items if item["balance"]],
    }
