"""Whether a callback is WeChat's."""

import hashlib
import hmac


def sign(token: str, timestamp: str, nonce: str, sealed: str = "") -> str:
    """:return: 40 hexadecimal digits

    :param sealed: what the element Encrypt holds, in safe mode
    """
    parts = sorted(filter(None, (token, timestamp, nonce, sealed)))
    # the platform prescribes SHA-1
    return hashlib.sha1("".join(parts).encode(), usedforsecurity=False).hexdigest()


def is_signed(
    signature: str, token: str, timestamp: str, nonce: str, sealed: str = ""
) -> bool:
    """Compare in constant time."""
    wanted = sign(token, timestamp, nonce, sealed)
    return hmac.compare_digest(wanted.encode(), signature.encode())
