"""What a driver does by his link: see, sign, come at another time, cancel."""

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from .listing import Listing, listed

NOTICE = "dms_drive_notice"


class DrivePortal(Listing):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "drive_count" in counters:
            values["drive_count"] = len(request.env["dms.drive"]._dms_mine())
        return values

    @listed("drives")
    def portal_my_drives(self, page=1, **_ignored):
        """What the user drives, or drove."""
        drives = request.env["dms.drive"]
        # customers have no rights; the domain says what is theirs
        domain = drives._dms_mine_domain()
        found, values = self._page("drives", drives.sudo(), domain, page, "")
        values["drives"] = found._dms_portal_cards()
        return request.render("dms_vehicle.portal_my_drives", values)

    @route("/my/drives/<int:drive_id>", type="http", auth="public", website=True)
    def portal_drive(self, drive_id, access_token=None, day="", **_ignored):
        """A drive, for whoever has its link."""
        drive_sudo = self._drive(drive_id, access_token)
        if not drive_sudo:
            return request.redirect("/my")
        day = _day(day)
        values = {
            "drive": drive_sudo,
            "page_name": "drive",
            "notice": request.session.pop(NOTICE, None),
            "day": day,
            "today": fields.Date.context_today(drive_sudo),
            "slots": day and self._slots(drive_sudo, day),
            "wants": drive_sudo._fields["wants"]._description_selection(request.env),
        }
        return request.render("dms_vehicle.portal_drive", values)

    def _slots(self, drive_sudo, day):
        return drive_sudo.dms_free_slots(
            drive_sudo.company_id.id, drive_sudo.product_id.id, day, for_web=True
        )

    @route(
        "/my/drives/<int:drive_id>/<any(move,cancel,feedback):what>",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def portal_drive_change(self, drive_id, what, access_token=None, **form):
        """Choose another time, cancel, or say how it was."""
        drive_sudo = self._drive(drive_id, access_token)
        if not drive_sudo:
            return request.redirect("/my")
        try:
            with request.env.cr.savepoint():
                if what == "cancel":
                    drive_sudo._dms_portal_cancel()
                elif what == "feedback":
                    self._take_answers(drive_sudo, form)
                else:
                    self._move(drive_sudo, form.get("start", ""))
        except UserError as error:
            request.session[NOTICE] = str(error)
        return request.redirect(drive_sudo.get_portal_url())

    def _take_answers(self, drive_sudo, form):
        score = form.get("recommends", "")
        drive_sudo._dms_take_feedback(
            int(score) if score.isdecimal() else -1,
            form.get("wants"),
            form.get("comment"),
        )

    def _move(self, drive_sudo, text):
        start = _moment(text)
        slots = start and self._slots(drive_sudo, _local_day(drive_sudo, start))
        if not slots or text not in {slot["start"] for slot in slots}:
            raise UserError(request.env._("That time is taken. Choose another one."))
        drive_sudo._dms_portal_move(start)

    @route(
        "/my/drives/<int:drive_id>/sign", type="jsonrpc", auth="public", website=True
    )
    def portal_drive_sign(self, drive_id, access_token=None, name=None, signature=None):
        """Sign the agreement with a finger."""
        token = access_token or request.httprequest.args.get("access_token")
        drive_sudo = self._drive(drive_id, token)
        if not drive_sudo:
            return {"error": request.env._("This link does not hold any more.")}
        address = request.httprequest.remote_addr
        try:
            with request.env.cr.savepoint():
                drive_sudo._dms_sign(name, signature, address)
        except UserError as error:
            return {"error": str(error)}
        return {"force_refresh": True, "redirect_url": drive_sudo.get_portal_url()}

    @route(
        "/my/drives/<int:drive_id>/agreement", type="http", auth="public", website=True
    )
    def portal_drive_agreement(self, drive_id, access_token=None, **_ignored):
        """The agreement as it was signed, byte for byte."""
        drive_sudo = self._drive(drive_id, access_token)
        if not drive_sudo or not drive_sudo.agreement_id:
            return request.not_found()
        stream = drive_sudo.agreement_id._to_http_stream()
        return stream.get_response(as_attachment=True)

    def _drive(self, drive_id, access_token):
        if mine := request.env["dms.drive"]._dms_mine(drive_id):
            return mine
        try:
            return self._document_check_access("dms.drive", drive_id, access_token)
        except (AccessError, MissingError):
            return None


def _day(text):
    try:
        return fields.Date.to_date(text) if text else None
    except ValueError:
        return None


def _moment(text):
    try:
        return fields.Datetime.to_datetime(text)
    except ValueError:
        return None


def _local_day(drive, moment):
    zone = drive._dms_zone(drive.company_id).zone
    there = drive.with_context(tz=zone)
    return fields.Datetime.context_timestamp(there, moment).date()
