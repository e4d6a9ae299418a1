"""Why a core refuses something, as a code that others put into words."""

from collections.abc import Mapping
from typing import Any


class CodedError(ValueError):
    """To be named anew by each core, which lists its codes.

    :ivar code: stable and meant for programs
    :ivar params: what the message needs
    """

    def __init__(self, code: str, **params: Any):
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, Any] = params
