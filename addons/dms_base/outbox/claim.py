"""Which messages a worker takes, in the words of the database."""

from odoo.tools import SQL

LEASE_MARGIN_S = 30
_LOCK = 0x646D736F  # "dmso"


def may_claim(env) -> bool:
    """One worker claims at a time; it takes milliseconds.

    Two would see the same messages, and the database would turn one of them away.
    """
    query = SQL("SELECT pg_try_advisory_xact_lock(%s)", _LOCK)
    return env.execute_query(query)[0][0]


def waiting_connectors(env, now) -> list[int]:
    """:return: ids of connectors that work and have a message due"""
    query = SQL(
        """
        SELECT id FROM dms_connector connector
         WHERE active AND state IN ('active', 'broken') AND EXISTS (
                   SELECT FROM dms_outbox_message message
                    WHERE message.connector_id = connector.id
                      AND message.state = 'waiting'
                      AND message.is_held IS NOT TRUE
                      AND message.next_attempt_at <= %s)
        """,
        now,
    )
    return [row[0] for row in env.execute_query(query)]


def candidates(env, quotas: dict[int, int], wanted: int, now) -> list[int]:
    """The first messages of each connector, taken in turns.

    A message whose ordering key is held by an earlier one is none.

    :param quotas: how many of each connector at most
    """
    query = SQL(
        """
        SELECT candidate.id
          FROM unnest(%(connectors)s, %(slots)s) AS quota (connector_id, slots)
         CROSS JOIN LATERAL (
                SELECT message.id,
                       row_number() OVER (
                           ORDER BY message.next_attempt_at, message.id) AS turn
                  FROM dms_outbox_message message
                 WHERE message.connector_id = quota.connector_id
                   AND message.state = 'waiting'
                   AND message.is_held IS NOT TRUE
                   AND message.next_attempt_at <= %(now)s
                   AND NOT EXISTS (
                       SELECT FROM dms_outbox_message earlier
                        WHERE earlier.connector_id = message.connector_id
                          AND earlier.ordering_key = message.ordering_key
                          AND earlier.id < message.id
                          AND earlier.state IN ('waiting', 'sending', 'dead')
                          AND earlier.is_released IS NOT TRUE)
                 ORDER BY message.next_attempt_at, message.id
                 LIMIT quota.slots
               ) AS candidate
         ORDER BY candidate.turn, candidate.id
         LIMIT %(wanted)s
        """,
        connectors=list(quotas),
        slots=list(quotas.values()),
        now=now,
        wanted=wanted,
    )
    return [row[0] for row in env.execute_query(query)]


def take(env, ids: list[int], claim: str, now) -> list[int]:
    """Mark messages as being sent; those that somebody else holds are left.

    The claim lapses by itself: a worker that was killed holds nothing for ever.

    :return: ids of those taken
    """
    query = SQL(
        """
        UPDATE dms_outbox_message message
           SET state = 'sending', attempts = COALESCE(attempts, 0) + 1,
               claim = %(claim)s,
               claimed_until = %(now)s
                   + make_interval(secs => connector.timeout_s + %(margin)s)
          FROM dms_connector connector
         WHERE connector.id = message.connector_id AND message.id IN (
               SELECT id FROM dms_outbox_message
                WHERE id = ANY(%(ids)s) AND state = 'waiting'
                  FOR UPDATE SKIP LOCKED)
     RETURNING message.id
        """,
        ids=ids,
        claim=claim,
        now=now,
        margin=LEASE_MARGIN_S,
    )
    return sorted(row[0] for row in env.execute_query(query))
