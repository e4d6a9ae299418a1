from . import product_template
from . import sale_order_line
from . import dms_deal
from . import sale_order
from . import dms_learner
