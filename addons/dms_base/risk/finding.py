"""What a detector has found, ready to become an alert."""

from dataclasses import asdict, dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Line:
    """One fact of the evidence, for people to read.

    :param at: when it happened, UTC
    :param what: a text, or the (model, id) whose name is shown in the reader's language
    :param where: name of the place
    :param detail: what else matters, such as a reading
    :param record: the (model, id) the fact comes from, if readers may follow it
    """

    at: datetime | None = None
    what: str | tuple[str, int] = ""
    where: str = ""
    detail: str = ""
    record: tuple[str, int] | None = None

    def to_json(self) -> dict:
        """:return: what is not empty, as JSON can hold it"""
        facts = {name: value for name, value in asdict(self).items() if value}
        if self.at:
            facts["at"] = self.at.isoformat(sep=" ", timespec="seconds")
        return facts


def day_of(moment: datetime) -> dict[str, str]:
    """:return: a value that readers see as the day it was in their time zone"""
    return {"day": moment.isoformat(sep=" ", timespec="seconds")}


@dataclass(frozen=True)
class Finding:
    """A suspicion with its evidence.

    :param subject: (model, id) of what it is about
    :param label: how people call the subject, such as a VIN
    :param company_id: the store where it happened
    :param key: what tells this evidence from other evidence about the same subject; a
        rule raises one alert per subject and key, for ever
    :param at: when it happened, UTC
    :param values: for the message of the rule: texts, numbers, (model, id) of what is
        called by its name, and ``day_of`` moments
    """

    subject: tuple[str, int]
    label: str
    company_id: int
    key: str = ""
    at: datetime | None = None
    values: dict = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    @property
    def identity(self) -> tuple[str, int, str]:
        """What there is one alert of, per rule."""
        return (*self.subject, self.key)

    def evidence(self) -> dict:
        """:return: values and lines as JSON can hold them"""
        return {
            "values": self.values,
            "lines": [line.to_json() for line in self.lines],
        }
