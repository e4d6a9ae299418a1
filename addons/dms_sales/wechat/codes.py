"""What the platform answers: HTTP 200 with an ``errcode``, or the thing itself."""

import json

# The token is refused: another one may be good.
STALE = frozenset({40001, 40014, 42001})
# Not now: busy, a limit per minute or day, our address not on their list yet.
LATER = frozenset({-1, 40164, 45009, 45011, 50002})
# The customer wrote too long ago, or has had all answers until writing again.
CLOSED, ENOUGH = 45015, 45047


def errcode(content: bytes) -> int:
    """:return: the code of an answer, 0 of one without: it is what was asked for

    >>> errcode(b'{"errcode": 45015, "errmsg": "response out of time limit"}')
    45015
    >>> errcode(b"GIF89a...")
    0
    """
    return _said(content).get("errcode") or 0


def reason(content: bytes) -> str:
    """:return: code and words of a refusal, "" of none"""
    said = _said(content)
    code = said.get("errcode")
    return f"{code} {said.get('errmsg', '')}".strip() if code else ""


def _said(content: bytes) -> dict:
    if not content.lstrip().startswith(b"{"):
        return {}
    try:
        said = json.loads(content)
    except ValueError:
        return {}
    code = said.get("errcode", 0)
    return said if isinstance(code, int) else {}
