"""Why a callback is not what WeChat sends."""


class WeChatError(ValueError):
    """``code`` is stable and meant for programs.

    Codes: ``key`` the EncodingAESKey has not 43 characters; ``sealed`` what is sealed
    cannot be opened with it; ``account`` it is of another account; ``xml`` the message
    is no XML or lacks what every message has; ``signature`` nobody who knows the token
    signed it; ``clock`` it is older than five minutes, or from tomorrow; ``plain`` it
    is not sealed although the account is in safe mode.
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code
