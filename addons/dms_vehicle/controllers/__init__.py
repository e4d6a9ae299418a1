from . import certificate
from . import passport
from . import portal
from . import yard
from . import gate
from . import drive
