from . import common
from . import desk_common
from . import test_deal
from . import test_deal_blockers
from . import test_desk_sheet
from . import test_desk_consent
from . import test_desk_fleet
