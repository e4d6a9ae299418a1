from .common import ISOLATION_FACTORIES, DmsCommon


def entries_of(env, **wanted):
    """Insert what the transaction collected and return the entries, oldest first."""
    env.cr.flush()
    domain = [(name, "=", value) for name, value in wanted.items()]
    return env["dms.audit.entry"].search(domain, order="id")


def _entry(case, store):
    audit = case.env["dms.audit.entry"].sudo().with_company(store)
    audit._note("other", store.sudo(), {"note": "Isolation"})
    return entries_of(audit.env, action="other", company_id=store.id)[-1]


ISOLATION_FACTORIES["dms.audit.entry"] = _entry


class AuditCommon(DmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.flush()
        cls.officer = cls.user("fi_officer", cls.store_a1)
        cls.auditor = cls.user("auditor", cls.store_a1)
        cls.audit = cls.env["dms.audit.entry"]
        cls.start = cls.audit.search([], limit=1).id

    def entries(self, **wanted):
        """Return what happened since the test class was set up."""
        return entries_of(self.env, **wanted).filtered(lambda e: e.id > self.start)

    def last(self, **wanted):
        return self.entries(**wanted)[-1:]
