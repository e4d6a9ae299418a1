from . import common
from . import test_floorplan_accrual
from . import test_floorplan_books
from . import test_floorplan_concurrency
from . import test_floorplan_limit
from . import test_floorplan_line
from . import test_floorplan_pay
from . import test_floorplan_roles
