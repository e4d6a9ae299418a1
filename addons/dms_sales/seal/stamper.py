"""Timestamps while sealing, through whoever reaches the authority."""

from collections.abc import Callable

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from .errors import SealError


class Stamper(TimeStamper):
    """:param post: function of a TimeStampReq in DER; it returns the answer in DER"""

    def __init__(self, post: Callable[[bytes], bytes]):
        super().__init__()
        self._post = post

    async def async_request_tsa_response(self, req):
        try:
            answer = tsp.TimeStampResp.load(self._post(req.dump()))
            status = answer["status"]["status"].native
        except ValueError as error:
            raise SealError("refused", reason=str(error)) from None
        if status not in ("granted", "granted_with_mods"):
            raise SealError("refused", reason=status)
        return answer
