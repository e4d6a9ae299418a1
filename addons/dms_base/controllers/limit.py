"""Public addresses that answer 429 to who asks too often."""

import functools
import math

from odoo.http import request


def limited(endpoint, buckets_of, headers):
    """Let an endpoint answer only as often as its buckets allow.

    :param buckets_of: function that returns the ``TokenBuckets``
    :param headers: dict of those that the refusal carries, besides ``Retry-After``
    """

    @functools.wraps(endpoint)
    def limit(self, *args, **kwargs):
        wait = buckets_of().take(request.httprequest.remote_addr)
        if not wait:
            return endpoint(self, *args, **kwargs)
        again = headers | {"Retry-After": str(math.ceil(wait))}
        return request.make_response("too many requests\n", again, status=429)

    return limit
