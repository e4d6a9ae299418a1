from . import common
from . import test_deal
from . import test_score
