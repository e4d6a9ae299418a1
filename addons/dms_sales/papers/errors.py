class PaperError(ValueError):
    """Why a file is not taken.

    ``code`` is ``empty``, ``large``, ``kind`` or ``damaged``.
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code
