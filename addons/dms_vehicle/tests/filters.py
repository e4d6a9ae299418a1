"""Whether the filters of search views find something, or break."""

from lxml import etree

from odoo.tools.safe_eval import safe_eval


class FilterCase:
    """To be mixed into a test case of an addon."""

    def assertFiltersWork(self, env, addon):
        """Press every filter, date and group-by of an addon's own search views.

        :param env: of a user; views of models that he may not read are left out
        :return: the number of what was pressed
        """
        views = self._search_views(env, addon)
        self.assertTrue(views)
        return sum(self._press(env[view.model], view) for view in views)

    def _search_views(self, env, addon):
        made = (
            env["ir.model.data"]
            .sudo()
            .search([("module", "=", addon), ("model", "=", "ir.ui.view")])
        )
        views = env["ir.ui.view"].sudo().browse(made.mapped("res_id"))
        return views.filtered(
            lambda view: (
                view.type == "search"
                and view.mode == "primary"
                and env[view.model].has_access("read")
            )
        )

    def _press(self, model, view):
        arch = etree.fromstring(model.get_view(view.id, "search")["arch"])
        filters = list(arch.iter("filter"))
        for one in filters:
            with self.subTest(view=view.name, filter=one.get("name")):
                self._press_one(model, one)
        return len(filters)

    def _press_one(self, model, one):
        known = {"uid": model.env.uid, "allowed_company_ids": model.env.companies.ids}
        domain = safe_eval(one.get("domain") or "[]", dict(known))
        if date := one.get("date"):
            domain = [*domain, (date, ">=", "today"), (date, "<", "today +1d")]
        context = safe_eval(one.get("context") or "{}", dict(known))
        if group := context.get("group_by"):
            model.formatted_read_group(domain, self._groupby(model, group), ["__count"])
        else:
            model.search(domain, limit=1)

    def _groupby(self, model, group):
        names = [group] if isinstance(group, str) else group
        kinds = {name: model._fields[name.partition(":")[0]].type for name in names}
        # the client asks for one property, never for all of a record
        names = [name for name, kind in kinds.items() if kind != "properties"]
        return [self._with_interval(model, name) for name in names]

    def _with_interval(self, model, name):
        dated = ":" not in name and model._fields[name].type in ("date", "datetime")
        return f"{name}:month" if dated else name
