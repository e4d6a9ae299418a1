"""A gateway for text messages, in the way Chinese clouds offer them.

A message is a template that was approved before, with its parameters, below the sign
of a company; a refusal comes with status 200 and a code.
"""

import json
import re
from typing import Any

from .ledger import Received, Reply
from .registry import register
from .server import Simulator

MOBILE = re.compile(r"(\+86)?1[3-9]\d{9}")
NEEDED = ("PhoneNumbers", "SignName", "TemplateCode", "TemplateParam")


@register("sms_gateway")
class SmsGateway(Simulator):
    """The effect is the message as it was sent; :meth:`last` is that on one phone."""

    title = "SMS gateway"

    def accept(self, received: Received) -> tuple[Any, Reply]:
        message = json.loads(received.body)
        if missing := [name for name in NEEDED if not message.get(name)]:
            return None, _reply("isv.MISSING_PARAMETER", missing[0])
        if not MOBILE.fullmatch(message["PhoneNumbers"]):
            return None, _reply("isv.MOBILE_NUMBER_ILLEGAL", message["PhoneNumbers"])
        number = f"BIZ{len(self.ledger.effects) + 1:09}"
        return message, _reply("OK", "OK", BizId=number)

    def last(self, mobile: str) -> dict[str, str]:
        """:return: the parameters of the last message to a phone"""
        sent = [one for one in self.ledger.effects if one]
        mine = [one for one in sent if one["PhoneNumbers"].endswith(mobile)]
        return json.loads(mine[-1]["TemplateParam"])


def _reply(code: str, text: str, **more: str) -> Reply:
    return Reply(200, {"Code": code, "Message": text, **more})
