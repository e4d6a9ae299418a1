class TimestampError(ValueError):
    """No usable timestamp; ``code`` says why.

    ``malformed``, ``refused`` (the authority did not stamp), ``not_ours`` (of something
    else, or of another request) or ``untrusted`` (signature, certificate or chain).
    """

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code
