"""Ordering keys: who goes next.

Messages behind another one of their key are *held*, so that a worker that looks for
work does not pass by all of them each time. Who writes a message holds it if he sees
one before it; who delivers or releases that one lets the next go. The two may miss each
other, since neither sees what the other has not committed. So each run of a worker
begins with ``let_forgotten_go``, and each commit of a message wakes a worker. A message
that is not held does not leave for that alone: ``claim`` looks for an earlier one.
"""

from odoo.tools import SQL


def let_next_go(env, ids: list[int]) -> None:
    """Let the message behind each of these, which are done with, go."""
    _release(
        env,
        SQL(
            """
            SELECT (SELECT held.id FROM dms_outbox_message held
                     WHERE held.is_held
                       AND held.connector_id = done.connector_id
                       AND held.ordering_key = done.ordering_key
                     ORDER BY held.id LIMIT 1)
              FROM dms_outbox_message done
             WHERE done.id = ANY(%s) AND done.ordering_key IS NOT NULL
            """,
            ids,
        ),
    )


def let_forgotten_go(env) -> None:
    """Let the first held message of each key go if nothing stands before it.

    The keys are found by jumping from one to the next in the index.
    """
    _release(
        env,
        SQL(
            """
            WITH RECURSIVE first AS (
                (SELECT connector_id, ordering_key, id FROM dms_outbox_message
                  WHERE is_held ORDER BY connector_id, ordering_key, id LIMIT 1)
                UNION ALL
                SELECT next.* FROM first CROSS JOIN LATERAL (
                    SELECT connector_id, ordering_key, id FROM dms_outbox_message held
                     WHERE is_held AND (held.connector_id, held.ordering_key)
                         > (first.connector_id, first.ordering_key)
                     ORDER BY connector_id, ordering_key, id LIMIT 1) next)
            SELECT id FROM first WHERE NOT EXISTS (
                SELECT FROM dms_outbox_message earlier
                 WHERE earlier.connector_id = first.connector_id
                   AND earlier.ordering_key = first.ordering_key
                   AND earlier.id < first.id
                   AND earlier.state IN ('waiting', 'sending', 'dead')
                   AND earlier.is_released IS NOT TRUE)
            """
        ),
    )


def _release(env, ids: SQL) -> None:
    messages = env["dms.outbox.message"]
    messages.flush_model()
    env.execute_query(
        SQL(
            "UPDATE dms_outbox_message SET is_held = false WHERE id IN (%s)"
            " RETURNING id",
            ids,
        )
    )
    messages.invalidate_model(["is_held"])
