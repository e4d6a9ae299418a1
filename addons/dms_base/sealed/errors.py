class SealedError(Exception):
    """A secret cannot be opened. The message names keys, never the secret."""


class NotAnEnvelope(SealedError):
    """The text is not an envelope of a version known here."""


class UnknownKey(SealedError):
    """The key that sealed this envelope is not in the keyring."""


class Damaged(SealedError):
    """The envelope was changed, or belongs to another record, field or model."""
