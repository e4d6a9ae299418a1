"""A tamper-evident log without Odoo: tree, proofs, tiles, signed notes, passports."""

from .checkpoints import Checkpoint, open_checkpoint
from .cosign import cosign, cosigned_at
from .entries import EntryError, canonical, decode, encode
from .hashing import EMPTY_ROOT, HASH_SIZE, leaf_hash, node_hash, perfect_root
from .notes import NoteError, PrivateKey, PublicKey
from .proofs import ProofError, verify_consistency, verify_inclusion
from .prove import consistency_proof, inclusion_proof, range_root
from .tiles import Tile, TileReader, pack_entries, tiles_of, unpack_entries
from .tree import Frontier, fold, peaks
