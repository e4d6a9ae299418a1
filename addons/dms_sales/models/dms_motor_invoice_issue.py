from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dms_base.delivery import derived_key
from odoo.addons.dms_base.identity import resident_number
from odoo.addons.dms_base.money import cents
from odoo.addons.dms_vehicle.vin import decode

from ..connectors.digital_invoice import CAR, ISSUE, TAKE_BACK
from ..motor_invoice import Car, Invoice, Judges, Party, State, capitals, problems
from .money import exact
from .motor_invoice_text import problem_words

CONNECTOR = "motor_invoice"
DIGITAL = "83"
OK = "0"


def _is_resident(text):
    try:
        return bool(resident_number(text))
    except ValueError:
        return False


JUDGES = Judges(lambda vin: decode(vin).valid, _is_resident)


class DmsMotorInvoice(models.Model):
    """How a motor invoice gets its number, and how it is taken back."""

    _name = "dms.motor.invoice"
    _inherit = ["dms.motor.invoice"]

    # As the core knows it

    def _dms_invoice(self):
        """:return: the core's ``Invoice``; it names the buyer in clear: show it to
        nobody
        """
        one = self.sudo()
        state = State.RED if one.kind == "red" else State.NORMAL
        return Invoice(
            one._dms_buyer(),
            one._dms_seller(),
            one._dms_car(),
            exact(one.amount_total),
            exact(one.amount_net),
            exact(one.amount_tax),
            code=one.code or "",
            number=one.number or "",
            issued_on=one.issued_on or None,
            goods_code=one.goods_code or "",
            drawer=one.drawer_id.name or "",
            is_deducted=one.is_deducted,
            state=state,
            reverses=f"{one.reverses_id.code or ''}{one.reverses_id.number or ''}",
        )

    def _dms_buyer(self):
        partner = self.partner_id
        numbers = {
            "company": (partner.vat or "").strip().upper(),
            "person": partner._dms_unsealed("dms_id_number") or "",
        }
        number = numbers.get(self.buyer_sort, self.buyer_document or "")
        return Party(self.buyer_name or "", number, self.buyer_sort or "person")

    def _dms_seller(self):
        store = self.company_id.partner_id
        bank = store.bank_ids[:1]
        return Party(
            self.company_id.name,
            (store.vat or store.company_registry or "").strip().upper(),
            address=store.contact_address_inline or "",
            phone=store.phone or "",
            bank=bank.bank_id.name or "",
        )

    def _dms_car(self):
        return Car(
            vin=self.vin or "",
            category=self.category or "",
            model=self.model or "",
            origin=self.origin or "",
            certificate=self.certificate or "",
            import_certificate=self.import_certificate or "",
            inspection=self.inspection or "",
            engine=self.engine or "",
            tonnage=cents(exact(self.tonnage)),
            seats=self.seats,
            is_import=self.is_import,
            is_truck=self.vehicle_id.kind == "commercial",
        )

    def _dms_problems(self):
        """:return: what is wrong with a blue invoice, in words"""
        # another store may have invoiced this car
        others = self.sudo().search(
            [("vehicle_id", "=", self.vehicle_id.id), ("id", "!=", self.id)]
        )
        known = [one._dms_invoice() for one in others if one.number]
        found = problems(self._dms_invoice(), JUDGES, known)
        return [problem_words(self.env, problem) for problem in found]

    def _dms_red_problems(self):
        """:return: what keeps a red invoice from being issued, in words"""
        if not self.reason:
            yield self.env._("Say why the invoice is taken back.")
        credited = self.move_id.reversal_move_ids.filtered(
            lambda move: move.state == "posted"
        )
        if self.reason == "returned" and not credited:
            yield self.env._(
                "Credit invoice %(move)s first: the sale itself is undone there.",
                move=self.move_id.name,
            )

    def _check_complete(self):
        is_red = self.kind == "red"
        texts = list(self._dms_red_problems()) if is_red else self._dms_problems()
        if not is_red and self.move_id.state != "posted":
            texts.insert(0, self.env._("Post the customer's invoice first."))
        if texts:
            raise UserError(
                self.env._(
                    "The motor invoice cannot be issued yet:\n%(problems)s",
                    problems="\n".join(f"- {text}" for text in texts),
                )
            )

    # Issuing

    def action_issue(self):
        """Ask the tax platform for the number; asked again it gives the same.

        :raise UserError: naming all that is wrong, or that no connector is there
        """
        for one in self:
            one.check_access("write")
            one._dms_claim()
            one._check_can_issue()
            one._check_complete()
            one._dms_ask()
        return True

    def _check_can_issue(self):
        if self.state not in ("draft", "refused"):
            raise UserError(
                self.env._("%(name)s is out already.", name=self.display_name)
            )

    def _dms_connector(self):
        return self.env["dms.connector"]._dms_find(CONNECTOR, self.company_id)

    def _dms_ask(self):
        connector = self._dms_connector()
        if not connector:
            raise UserError(
                self.env._(
                    "%(store)s has no connector “%(code)s” to the tax platform. Have"
                    " an integrator enter it, or enter code and number of the paper"
                    " invoice.",
                    store=self.company_id.name,
                    code=CONNECTOR,
                )
            )
        # only these steps write how an invoice stands
        self.sudo().write(
            {
                "state": "sent",
                "attempt": self.attempt + 1,
                "answer": False,
                "drawer_id": self.env.uid,
            }
        )
        self._dms_send(TAKE_BACK if self.kind == "red" else CAR)

    def _dms_send(self, kind):
        self._dms_connector()._dms_send(
            kind,
            self._dms_payload(kind),
            record=self,
            ordering_key=self.vin,
            idempotency_key=derived_key(kind, self.id, self.attempt),
        )

    def _dms_serial(self):
        """:return: what the tax platform knows this invoice by, in every attempt"""
        return f"DMS{self.id:017d}"

    def _dms_payload(self, kind):
        if kind == CAR:
            return {"clsbdh": self.vin, "fppz_dm": DIGITAL, "sfzzfpbz": "Y"}
        if kind == TAKE_BACK:
            return {
                "fpqqlsh": self._dms_serial(),
                "lzfphm": self.reverses_id.number,
                "hzyy": self.reason,
                "jshj": str(exact(self.amount_total)),
            }
        return self._dms_issue_payload(self._dms_invoice())

    def _dms_issue_payload(self, invoice):
        car = invoice.car
        return {
            "fpqqlsh": self._dms_serial(),
            "fppz_dm": DIGITAL,
            "gmfmc": invoice.buyer.name,
            "gmfnsrsbh": invoice.buyer.number,
            "xsfmc": invoice.seller.name,
            "xsfnsrsbh": invoice.seller.number,
            "clsbdh": car.vin,
            "cllx": car.category,
            "cpxh": car.model,
            "cd": car.origin,
            "hgzh": car.certificate,
            "jkzmsh": car.import_certificate,
            "sjdh": car.inspection,
            "fdjhm": car.engine,
            "dw": str(car.tonnage),
            "xcrs": car.seats,
            "jshj": str(invoice.gross),
            "je": str(invoice.net),
            "se": str(invoice.tax),
            "slv": str(invoice.percent),
            "kpr": invoice.drawer,
        }

    def _dms_without_person(self, payload):
        """:return: what was said, without the number of the buyer"""
        return {name: x for name, x in payload.items() if name != "gmfnsrsbh"}

    # What the tax platform answers

    def _dms_answered(self, kind, answer):
        """Go on with what came back; called as superuser by the outbox.

        :param dict answer: ``code``, ``message``, ``data``
        """
        if self.state != "sent":
            return
        if str(answer.get("code")) != OK:
            self._dms_refused(answer.get("message") or "")
        elif kind == CAR:
            self._dms_know_car(answer.get("data") or {})
        else:
            self._dms_issued(answer["data"]["fphm"], answer["data"].get("kprq"))

    def _dms_refused(self, text):
        self.write({"state": "refused", "answer": text})
        who = self.drawer_id or self.create_uid
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("The tax platform refuses this motor invoice"),
            note=text,
            user_id=who.id,
        )

    def _dms_know_car(self, data):
        """Compare the car with the registry; take over what we do not know."""
        engine = data.get("fdjhm") or ""
        if self.engine and engine and self.engine.upper() != engine.upper():
            self._dms_refused(
                self.env._(
                    "The registry has engine number %(theirs)s for this VIN, the"
                    " invoice says %(ours)s.",
                    theirs=engine,
                    ours=self.engine,
                )
            )
            return
        names = {"origin": "cd", "model": "cpxh", "category": "cllx"}
        self.write({field: data[key] for field, key in names.items() if data.get(key)})
        self._dms_send(ISSUE)

    def _dms_issued(self, number, day=None):
        """Write the number down; from now on nothing changes."""
        issued = fields.Date.to_date(day) or fields.Date.context_today(self)
        vals = {"state": "issued", "number": number, "issued_on": issued}
        # only these steps write how an invoice stands
        self.sudo().write(vals | {"answer": False})
        for red in self.filtered(lambda one: one.kind == "red"):
            red.reverses_id.sudo().is_standing = False
        self._dms_after_issued()

    def _dms_after_issued(self):
        """What follows when an invoice stands, or is taken back; to extend."""

    def action_enter_number(self):
        """Take over code and number of an invoice that was printed elsewhere."""
        for one in self:
            one.check_access("write")
            one._dms_claim()
            one._check_can_issue()
            if not one.number:
                raise UserError(self.env._("Enter the number of the invoice first."))
            one._check_complete()
            # see ``_dms_ask``
            one.sudo().drawer_id = self.env.uid
            one._dms_issued(one.number)
        return True

    # Taking back

    def action_take_back(self):
        """Write the red invoice that takes this one back, and open it."""
        self.ensure_one()
        self.check_access("write")
        self._dms_claim()
        if self.state != "issued" or not self.is_standing:
            raise UserError(
                self.env._("Only a blue invoice that stands can be taken back.")
            )
        if not self.red_ids:
            # it mirrors the blue one; only the reason is typed
            self.sudo().create(self._prepare_red())
        return self.red_ids._get_records_action()

    def _prepare_red(self):
        names = (
            *("buyer_name", "buyer_sort", "buyer_document", "category", "model"),
            *("origin", "engine", "certificate", "import_certificate", "inspection"),
            *("tonnage", "seats", "is_import", "goods_code"),
        )
        return {name: self[name] for name in names} | {
            "deal_id": self.deal_id.id,
            "move_id": self.move_id.id,
            "company_id": self.company_id.id,
            "kind": "red",
            "is_standing": False,
            "reverses_id": self.id,
        }

    # Paper

    def _dms_words(self):
        """:return: the price with VAT in the characters that nobody can alter"""
        return capitals(exact(self.amount_total))

    def _dms_receipt(self):
        """:return: the receipt of the purchase tax, empty until it is paid"""
        return self.deal_id.sudo().purchase_tax_ids.receipt or ""


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move"]

    dms_motor_invoice_ids = fields.One2many(
        "dms.motor.invoice", "move_id", "Motor Invoices", copy=False
    )

    def button_draft(self):
        self._dms_check_no_motor_invoice()
        return super().button_draft()

    def _dms_check_no_motor_invoice(self):
        """An invoice whose motor invoice is out is credited, not changed."""
        # what stands at the tax office counts, whoever may see it
        out = self.sudo().dms_motor_invoice_ids.filtered(
            lambda one: one.is_standing and one.state in ("sent", "issued")
        )
        if out:
            raise UserError(
                self.env._(
                    "Motor invoice %(number)s stands on %(move)s: take it back first.",
                    number=out[0].display_name,
                    move=out[0].move_id.name,
                )
            )


class DmsConnector(models.Model):
    _name = "dms.connector"
    _inherit = ["dms.connector"]

    @api.model
    def _provider_label(self, cls):
        if cls.name == "digital_invoice":
            return self.env._("Digital motor invoices")
        return super()._provider_label(cls)
