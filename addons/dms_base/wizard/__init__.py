from . import account_setup_bank_manual_config
from . import base_import
from . import dms_audit_report
from . import dms_secret_show
from . import dms_staff_change
from . import dms_store_change
from . import dms_store_open
from . import dms_store_open_staff
