"""A message on its way, without a database behind it."""

from dataclasses import dataclass

from .. import delivery


@dataclass(frozen=True)
class Job:
    """What a thread needs to make one attempt.

    :param client: None if the credentials cannot be used; then ``problem`` says why
    """

    message_id: int
    connector_id: int
    provider: delivery.Provider
    message: delivery.Message
    endpoint: str
    client: delivery.Client | None
    problem: str = ""

    def run(self) -> delivery.Result:
        """:return: the result; nothing is raised and no cursor is used"""
        if self.client is None:
            verdict = delivery.Verdict(delivery.Outcome.RETRY, self.problem)
            return delivery.Result(verdict)
        return delivery.attempt(self.provider, self.message, self.endpoint, self.client)
