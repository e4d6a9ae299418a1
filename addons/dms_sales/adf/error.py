"""Why a file is no ADF."""

from collections.abc import Mapping
from typing import Any


class AdfError(ValueError):
    """A file or text that cannot be used; ``code`` is stable and meant for programs.

    Codes, with the facts in ``facts``:

    - ``empty``: nothing but blanks
    - ``too_large``: ``size`` bytes, where ``largest`` are allowed
    - ``not_xml``: breaks off or is none, seen at ``line`` and ``column``
    - ``doctype``: it defines things of its own, which is never needed and may be meant
      to do harm
    - ``not_adf``: the outermost element is ``found``
    - ``no_prospect``: nobody wants anything
    - ``character``: a text to be written holds a character that XML forbids
    """

    def __init__(self, code: str, **facts: Any):
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, Any] = facts
