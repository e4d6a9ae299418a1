from . import product_template
from . import sale_order_line
from . import dms_deal
from . import sale_order
from . import crm_lead_score
from . import dms_learner
from . import dms_learner_version
