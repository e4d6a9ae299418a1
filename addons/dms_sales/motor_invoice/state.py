"""What an invoice is worth, as the tax office answers when asked."""

from enum import Enum


class State(Enum):
    """The value is the digit of the tax office's answer."""

    NORMAL = "0"
    OUT_OF_CONTROL = "1"
    VOID = "2"
    RED = "3"
    ABNORMAL = "4"

    @property
    def zh(self) -> str:
        return {
            State.NORMAL: "正常",
            State.OUT_OF_CONTROL: "失控",
            State.VOID: "作废",
            State.RED: "红字",
            State.ABNORMAL: "异常",
        }[self]
