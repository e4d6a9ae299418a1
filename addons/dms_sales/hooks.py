def post_init_hook(env):
    """Stores that were open before get accounts and taxes of the desk's products."""
    for store in env["res.company"].search([("dms_group_id", "!=", False)]):
        if store.chart_template:
            env["account.chart.template"]._dms_prepare_desk(store)
