"""What strangers learn about a contract: that it is real, and nothing about people."""

import hashlib
import re

from odoo import api, models

from ..seal import check

NUMBER = re.compile(r"HT\d{4,20}-\d{1,4}")


class DmsContract(models.Model):
    _name = "dms.contract"
    _inherit = ["dms.contract"]

    def _dms_portal_values(self):
        """:return: what the customer's page shows"""
        return {
            "contract": self,
            "store": self.company_id,
            "offer": self._dms_paper_facts() if self.state == "out" else None,
            "clauses": (self.content or {}).get("clauses", []),
            "masked_phone": self._dms_masked_phone(),
            "newer": self.next_ids.filtered("sent_at")[:1],
            "is_outdated": self.state == "out" and self._dms_is_outdated(),
            "has_code": bool(self.env["dms.contract.code"]._dms_waiting(self)),
            "check_url": self._dms_check_url(),
        }

    @api.model
    def _dms_check_facts(self, number, content=None):
        """:param number: as printed, or as somebody typed it
        :param content: bytes of a file, None if only the number is looked up
        :return: what the page shows
        """
        number = (number or "").strip().upper()
        contract = self._dms_by_number(number)
        facts = {
            "number": number,
            "is_known": bool(contract),
            "contract": contract._dms_public() if contract else None,
            "file": None,
        }
        if content is not None:
            facts["file"] = contract._dms_check_file(content)
        return facts

    @api.model
    def _dms_by_number(self, number):
        if not NUMBER.fullmatch(number):
            return self.browse()
        name, _dash, version = number.rpartition("-")
        return self.search(
            [
                ("name", "=", name),
                ("version", "=", int(version)),
                ("sent_at", "!=", False),
            ]
        )

    def _dms_public(self):
        """:return: what everybody may know"""
        newer = self.search(
            [("name", "=", self.name), ("sent_at", "!=", False)],
            order="version desc",
            limit=1,
        )
        return {
            "state": self.state,
            "state_name": dict(self._fields["state"]._description_selection(self.env))[
                self.state
            ],
            "store": self.company_id.name,
            "customer": self._dms_masked_name(),
            "sent_at": self.sent_at,
            "customer_signed_at": self.customer_signed_at,
            "sealed_at": self.sealed_at,
            "stamped_at": self.stamped_at,
            "certificate": self.seal_id.fingerprint,
            "digest": self.sealed_digest,
            "newest": newer._dms_number() if newer != self else "",
            "log": self._dms_proof(),
        }

    def _dms_masked_name(self):
        """:return: the first character, as 李**"""
        name = (self.partner_id.name or "").strip()
        return f"{name[:1]}**" if name else ""

    def _dms_proof(self):
        """:return: where the seal stands in the log, and whether that is proven"""
        entry = self.env["dms.log.entry"].search(
            [("subject", "=", self._dms_number()), ("kind", "=", "contract.sealed")],
            limit=1,
        )
        if not entry:
            return None
        index = entry.leaf_index
        if index < 0:
            return {"index": index, "is_proven": False, "problem": ""}
        problem = self.env["dms.log"]._find_problem(index)
        size = self.env["dms.log.checkpoint"]._latest().size
        return {
            "index": index,
            "size": size,
            "is_proven": not problem,
            "problem": problem or "",
            "url": f"/dms/log/proof/inclusion?index={index}&size={size}",
        }

    def _dms_check_file(self, content):
        """:return: dict of ``code`` and ``text``: whether this is the sealed file"""
        digest = hashlib.sha256(content).hexdigest()
        if self and digest == self.sealed_digest:
            found = check(content, [self.trust or ""])
            return self._dms_file_text("same" if found.code == "good" else found.code)
        if other := self._dms_by_digest(digest):
            return self._dms_file_text("other", number=other._dms_number())
        if self and digest == self.pdf_digest:
            return self._dms_file_text("text")
        found = check(content, [self.trust or ""])
        code = found.code if found.code in ("unreadable", "unsigned") else "altered"
        return self._dms_file_text(code)

    def _dms_by_digest(self, digest):
        return self.search([("sealed_digest", "=", digest)], limit=1)

    def _dms_file_text(self, code, number=""):
        texts = {
            "same": self.env._("This is the file that was signed and sealed."),
            "text": self.env._(
                "This is the text that was sent to the customer, before signatures."
            ),
            "other": self.env._(
                "This is a sealed contract, but number %(number)s.", number=number
            ),
            "altered": self.env._(
                "This is not the file that was sealed: it was altered, or is another."
            ),
            "unsigned": self.env._("This file bears no seal."),
            "unreadable": self.env._("This file is no PDF that can be read."),
        }
        text = texts.get(code, texts["altered"])
        return {"code": code, "is_good": code == "same", "text": text}


class DmsContractCode(models.Model):
    _name = "dms.contract.code"
    _inherit = ["dms.contract.code"]

    @api.model
    def _dms_waiting(self, contract):
        """:return: the last code of a contract if it was not used yet"""
        last = self.search([("contract_id", "=", contract.id)], limit=1)
        return last.filtered(lambda code: not code.used_at)
