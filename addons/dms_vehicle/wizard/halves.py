"""Many at once, and still a reason for each one that is not possible."""

from odoo.exceptions import UserError


def do_in_halves(env, items, make):
    """Do something for all items in one go; where it is refused, half by half.

    What is refused leaves nothing behind.

    :param items: list or recordset
    :param make: takes some of the items; raises UserError if one is not possible
    :return: list of (item, reason) for those that were refused, in their order
    """
    try:
        with env.cr.savepoint():
            make(items)
    except UserError as error:
        if len(items) == 1:
            return [(items[0], str(error))]
        middle = len(items) // 2
        first = do_in_halves(env, items[:middle], make)
        return first + do_in_halves(env, items[middle:], make)
    return []
