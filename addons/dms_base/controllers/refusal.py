import json

from odoo.http import request


class Refusal(Exception):
    """Why a message of another program is not taken; becomes its answer."""

    def __init__(self, status, code, detail):
        super().__init__(detail)
        self.status = status
        self.code = code

    def answer(self, *headers):
        """:return: the response that tells code and detail"""
        content = {"error": self.code, "detail": str(self)}
        return answer(self.status, content, *headers)


def answer(status, content, *headers):
    """:return: a response in JSON"""
    body = json.dumps(content, ensure_ascii=False).encode()
    kind = ("Content-Type", "application/json; charset=utf-8")
    return request.make_response(body, [kind, *headers], status=status)
