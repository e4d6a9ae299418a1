"""The workers that empty the outbox."""

from .worker import OutboxWorker
