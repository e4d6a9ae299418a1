from . import contract
from . import contract_check
from . import desk
from . import drive
from . import mine
from . import documents
from . import appraisal
from . import wechat
