"""Numbers of documents that identify people."""

from .resident import resident_number
