from . import common
from . import test_deal
from . import leads_common
from . import test_leads
from . import test_leads_showroom
from . import test_leads_deal
from . import test_leads_assign
from . import test_leads_adf
