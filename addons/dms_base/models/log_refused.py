from odoo.exceptions import UserError


class LogRefused(UserError):
    """The log cannot be signed as it is; ``reason`` says why.

    Nothing is lost: entries wait until somebody decides. docs/log.md says how.
    """

    def __init__(self, env, reason):
        self.reason = reason
        super().__init__(_sentences(env)[reason])


def _sentences(env):
    return {
        "key_missing": env._(
            "The private key of the log is not in the key folder. Bring it back, or "
            "replace the lost key under Log > Keys."
        ),
        "rolled_back": env._(
            "The log went back in time: it had signed more entries than the database "
            "holds, perhaps because a backup was restored. Restore a newer one, or "
            "continue the log under a new name under Log > Keys."
        ),
        "copied": env._(
            "This database is a copy: another one signs the log of this name. "
            "Continue the log under a new name under Log > Keys."
        ),
        "memory_missing": env._(
            "The key folder does not say what the log signed last. Bring the file "
            "back, or continue the log under a new name under Log > Keys."
        ),
        "forked": env._(
            "The entries in the database are not those the log signed: somebody "
            "changed them. Compare with a backup before anything else."
        ),
    }
