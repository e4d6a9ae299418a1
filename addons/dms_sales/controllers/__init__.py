from . import desk
