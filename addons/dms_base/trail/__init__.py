"""The digests by which an audit shows that nobody changed it afterwards."""

from .digest import HASH_BYTES, batch_digest, entry_hash, first_difference
from .ranges import contains, expand, ranges
