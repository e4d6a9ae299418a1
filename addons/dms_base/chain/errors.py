class ChainRefused(ValueError):
    """The node refused, or the chain says something else than was written.

    :param is_final: whether it is no use to ask again
    """

    def __init__(self, message: str, is_final: bool = True):
        super().__init__(message)
        self.is_final = is_final


class NotYet(Exception):
    """The chain has not confirmed the transaction yet."""
