from odoo import models

MOST_VIEWS = 10


class CrmLead(models.Model):
    """What a customer looked at online before the store knew who it was."""

    _name = "crm.lead"
    _inherit = ["crm.lead"]

    def _dms_follow_visitor(self, visitor):
        """Put the visits of the website before this moment on the timeline.

        :param visitor: ``website.visitor`` of the request, or none
        """
        self.ensure_one()
        if not visitor:
            return
        # visits are Odoo's own notes; the customer has agreed that the store keeps them
        lead, visitor = self.sudo(), visitor.sudo()
        lead.visitor_ids |= visitor
        known = lead.dms_touch_ids.filtered(lambda touch: touch.step == "viewed")
        for model, track in visitor._dms_first_views().items():
            if model.name not in known.mapped("text"):
                lead._dms_touch("viewed", text=model.name, at=track.visit_datetime)


class WebsiteVisitor(models.Model):
    _name = "website.visitor"
    _inherit = ["website.visitor"]

    def _dms_first_views(self):
        """:return: dict of each model of a car to the track of its first view"""
        tracks = self.website_track_ids.sorted("visit_datetime")
        views = {}
        for track in tracks.filtered("product_id.dms_is_vehicle"):
            views.setdefault(track.product_id.product_tmpl_id, track)
        return dict(list(views.items())[:MOST_VIEWS])
