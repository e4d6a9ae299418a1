"""What an audit needs beside the database: digests, and a memory of what was noted."""

from .digest import HASH_BYTES, batch_digest, entry_hash, first_difference
from .ranges import contains, expand, ranges
from .lately import Lately
