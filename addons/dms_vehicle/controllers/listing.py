from odoo.http import route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

PER_PAGE = 20


def listed(name):
    """The route of a list of the portal, ``/my/NAME``, page by page."""
    paths = [f"/my/{name}", f"/my/{name}/page/<int:page>"]
    return route(paths, type="http", auth="user", website=True, readonly=True)


class Listing(CustomerPortal):
    """Lists of the portal that are searched and read page by page."""

    def _page(self, name, records, domain, page, search):
        """Return the records of a page, and what every list shows.

        :param name: of the list, as its route has it
        """
        pages = pager(
            url=f"/my/{name}",
            url_args={"search": search} if search else {},
            total=records.search_count(domain),
            page=page,
            step=PER_PAGE,
        )
        found = records.search(domain, limit=PER_PAGE, offset=pages["offset"])
        values = self._prepare_portal_layout_values()
        values |= {"page_name": name, "pager": pages, "search": search}
        return found, values
