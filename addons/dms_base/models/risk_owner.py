"""Who has to look at an alert."""

from .role_holder import role_holder


def responsible(rule, company_id):
    """Return the user for an alert in a store, nobody if the store has none."""
    if rule.owner_id or not rule.owner_group_id:
        return rule.owner_id
    return role_holder(rule.owner_group_id, company_id)
