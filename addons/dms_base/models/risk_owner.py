"""Who has to look at an alert."""


def responsible(rule, company_id):
    """Return the user for an alert in a store, nobody if the store has none.

    Whoever was given the role itself comes before those whose higher role includes it.
    """
    if rule.owner_id or not rule.owner_group_id:
        return rule.owner_id
    direct = _holder(rule, company_id, "group_ids")
    return direct or _holder(rule, company_id, "all_group_ids")


def _holder(rule, company_id, groups):
    # the rule decides, whoever did the business
    users = rule.env["res.users"].sudo()
    return users.search(
        [
            (groups, "in", rule.owner_group_id.ids),
            ("company_ids", "in", [company_id]),
            ("share", "=", False),
        ],
        order="id",
        limit=1,
    )
