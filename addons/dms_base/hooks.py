from odoo.tools import SQL


def uninstall_hook(env):
    """Give Odoo its account numbers back in clear, and drop what triggers call."""
    env["res.partner.bank"]._dms_unseal_all()
    rows = env.execute_query(
        SQL(
            "SELECT oid::regprocedure::text FROM pg_proc WHERE proname LIKE %s",
            r"dms\_%",
        )
    )
    for (signature,) in rows:
        env.cr.execute(SQL("DROP FUNCTION %s CASCADE", SQL(signature)))
