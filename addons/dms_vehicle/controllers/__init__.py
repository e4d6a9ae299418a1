from . import passport
from . import portal
