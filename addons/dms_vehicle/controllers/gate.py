"""The guard's phone: what a pass says, and one button."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route

from ..gate import is_code, parse_code, verdict
from ..models.dms_gate_passing import GUARD
from ..models.dms_gate_text import code_refusal, verdict_refusal

NOTICE = "dms_gate_notice"
STEPS = {"exit": "let_out", "return": "take_back"}
KINDS = {verdict: kind for kind, verdict in STEPS.items()}
LARGEST_PHOTO = 15 * 1024 * 1024
STAFF = "dms_base.group_dms_user"
HEADERS = {"Cache-Control": "private, no-store", "Referrer-Policy": "same-origin"}


class GateController(Controller):
    @route("/dms/gate", type="http", auth="user", methods=["GET"])
    def ask(self, code="", **_ignored):
        """A field for the code, for a scanner or for fingers."""
        if not self._may_look():
            return self._refuse("unknown", 404)
        if code and is_code(code):
            return request.redirect(f"/dms/gate/{parse_code(code)}")
        problem = code_refusal(request.env, code) if code else ""
        return self._render("dms_vehicle.gate_ask", {"code": code, "problem": problem})

    @route("/dms/gate/<string:code>", type="http", auth="user", methods=["GET"])
    def show(self, code, **_ignored):
        """Where the QR code on the pass leads."""
        return self._with_pass(code, self._page)

    @route(
        "/dms/gate/<string:code>/<any(exit,return):kind>",
        type="http",
        auth="user",
        methods=["POST"],
    )
    def check(self, code, kind, **form):
        return self._with_pass(code, lambda found: self._check(found, kind, form))

    def _may_look(self):
        user = request.env.user
        return user.has_group(GUARD) or user.has_group(STAFF)

    def _with_pass(self, code, then):
        """Do something with the pass of this code, or say why not.

        Whoever is no staff learns nothing, and who works in another store only that
        the pass is not his.
        """
        found = request.env["dms.gate.pass"]._find_by_code(code)
        if not found or not self._may_look():
            return self._refuse("unknown", 404)
        if found.company_id not in request.env.user.company_ids:
            return self._refuse("other_store", 403)
        return then(found)

    def _check(self, found, kind, form):
        # the guard's own rights, not those by which the pass was found
        mine = found.sudo(False).with_context(
            allowed_company_ids=request.env.user.company_ids.ids
        )
        try:
            with request.env.cr.savepoint():
                answer = getattr(mine, STEPS[kind])(**self._reading(form))
        except (AccessError, UserError) as error:
            return self._page(found, error=str(error), form=form, status=422)
        style = "good" if answer["changed"] else "known"
        request.session[NOTICE] = {"style": style, "text": answer["message"]}
        return request.redirect(found._path())

    def _reading(self, form):
        return {
            "odometer_km": self._number(form.get("odometer_km")),
            "fuel_percent": self._number(form.get("fuel_percent")) or 0,
            "damage": (form.get("damage") or "").strip(),
            "photos": [self._photo(file) for file in self._files() if file.filename],
        }

    def _number(self, text):
        """:return: what was typed as a number, None for nothing"""
        digits = (text or "").replace(" ", "").replace(",", "")
        if not digits:
            return None
        try:
            return int(digits)
        except ValueError as error:
            raise UserError(
                request.env._("%(text)s is no number.", text=text)
            ) from error

    def _files(self):
        return request.httprequest.files.getlist("photos")

    def _photo(self, file):
        raw = file.read(LARGEST_PHOTO + 1)
        if len(raw) > LARGEST_PHOTO:
            raise UserError(request.env._("A photo has at most 15 MB."))
        return base64.b64encode(raw).decode()

    def _page(self, found, error="", form=None, status=200):
        now = request.env.cr.now()
        decision = verdict(found._slip(), now)
        kind = KINDS.get(decision, "")
        values = {
            "one": found,
            "decision": decision,
            "kind": kind if request.env.user.has_group(GUARD) else "",
            "colour": {"exit": "go", "return": "back"}.get(kind, "stop"),
            "reason": "" if kind else verdict_refusal(found, decision),
            "words": found._gate_words(),
            "error": error,
            "form": form or {},
            "notice": request.session.pop(NOTICE, None),
        }
        return self._render("dms_vehicle.gate_page", values, status)

    def _refuse(self, why, status):
        return self._render("dms_vehicle.gate_refused", {"why": why}, status)

    def _render(self, template, values, status=200):
        response = request.render(template, values)
        response.status_code = status
        response.headers.update(HEADERS)
        return response
