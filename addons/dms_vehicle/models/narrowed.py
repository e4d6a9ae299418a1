"""What cannot be is not asked for: the database would take it for likely."""

from odoo.fields import Domain


def narrowed(domain, field):
    """Leave out what contradicts, or follows from, a domain's own condition on a field.

    ``A in {1} and (A in {2, 3} or A in {1} and B)`` is ``A in {1} and B``: a person
    sees that at once, PostgreSQL does not and expects far too many rows.

    :param domain: an optimized ``Domain``: conditions on the field have ``in``
    :return: a domain for the same records
    """
    parts = domain.children if _is(domain, "&") else ()
    own = [set(part.value) for part in parts if _is_about(part, field)]
    if not own or not any(_is(part, "|") for part in parts):
        return domain
    known = set.intersection(*own)

    def narrow(condition):
        if not _is_about(condition, field):
            return condition
        if not known & set(condition.value):
            return Domain.FALSE
        return Domain.TRUE if known <= set(condition.value) else condition

    return Domain(field, "in", list(known)) & domain.map_conditions(narrow)


def _is(domain, operator):
    return getattr(domain, "OPERATOR", None) == operator


def _is_about(part, field):
    is_condition = getattr(part, "field_expr", None) == field
    return is_condition and part.operator == "in"
