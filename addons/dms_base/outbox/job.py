"""A message on its way, without a database behind it."""

import time
from dataclasses import dataclass, replace

from .. import delivery


@dataclass(frozen=True)
class Job:
    """What a thread needs to make one attempt.

    :param problem: why it cannot be made, for example since a password is missing
    """

    message_id: int
    connector_id: int
    message: delivery.Message
    endpoint: str = ""
    provider: delivery.Provider | None = None
    client: delivery.Client | None = None
    problem: str = ""

    def run(self) -> delivery.Result:
        """:return: the result; nothing is raised and no cursor is used"""
        if self.problem:
            verdict = delivery.Verdict(delivery.Outcome.RETRY, self.problem)
            return delivery.Result(verdict)
        start = time.monotonic()
        result = delivery.attempt(
            self.provider, self.message, self.endpoint, self.client
        )
        return replace(result, seconds=time.monotonic() - start)
