# who may see what a car costs
COSTS = (
    "dms_base.group_dms_sales_manager,dms_base.group_dms_fi_officer,"
    "dms_base.group_dms_accountant,dms_base.group_dms_auditor"
)
