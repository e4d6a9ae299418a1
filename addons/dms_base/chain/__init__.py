"""Anchoring checkpoints in an EVM chain, through the JSON-RPC interface of a node.

The node holds the account and signs: no key of a chain is kept here. The account sends
to itself, without value, a transaction whose data is ``dms-log1`` and the root of the
log. Whoever asks any node of the chain for the transaction can compare.
"""

from .errors import ChainRefused, NotYet
from .calls import data_of, is_address, look, send
from .replies import Anchor, anchor, transaction
