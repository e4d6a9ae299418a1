from . import dms_lead_assign
