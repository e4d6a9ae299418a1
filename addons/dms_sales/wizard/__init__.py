from . import dms_lead_assign
from . import dms_seal_load
