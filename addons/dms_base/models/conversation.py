"""What people say about a record, apart from the record itself."""


def conversation_fields(env):
    """Return the names of the fields that followers, messages and activities live in.

    A record that is fixed may still be talked about.
    """
    thread = env["mail.activity.mixin"]._fields | env["mail.thread"]._fields
    return set(thread) - {"id", "display_name"}
