from . import contract
from . import contract_check
from . import desk
from . import drive
from . import shop
from . import visit
