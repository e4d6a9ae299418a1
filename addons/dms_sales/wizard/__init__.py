from . import dms_lead_assign
from . import dms_seal_load
from . import dms_wechat_answer
