from . import product_template
from . import sale_order_line
from . import dms_deal
from . import dms_deal_blockers
from . import sale_order
