from . import desk
from . import drive
