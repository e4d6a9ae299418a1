"""Who has a role in a store."""


def role_holder(group, company_id):
    """Return one user who has a role in a store, nobody if the store has none.

    Whoever was given the role itself comes before those whose higher role includes it.

    :param group: ``res.groups``
    """
    direct = _holder(group, company_id, "group_ids")
    return direct or _holder(group, company_id, "all_group_ids")


def _holder(group, company_id, groups):
    # who is to be asked depends on the roles, not on who is logged in
    users = group.env["res.users"].sudo()
    return users.search(
        [
            (groups, "in", group.ids),
            ("company_ids", "in", [company_id]),
            ("share", "=", False),
        ],
        order="id",
        limit=1,
    )
