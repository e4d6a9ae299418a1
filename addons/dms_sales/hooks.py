def post_init_hook(env):
    """Stores that were open before get accounts and taxes of the desk's products."""
    charts = env["account.chart.template"]
    for store in env["res.company"].search([("dms_group_id", "!=", False)]):
        if store.chart_template:
            charts._dms_prepare_desk(store)
            charts._dms_prepare_cancellation(store)
            charts._dms_prepare_used_cars(store)
    _keep_addresses(env)


def _keep_addresses(env):
    """Odoo would send the mail domain of each lead to a third party, once a day."""
    cron = "crm_iap_enrich.ir_cron_lead_enrichment"
    if job := env.ref(cron, raise_if_not_found=False):
        job.active = False
