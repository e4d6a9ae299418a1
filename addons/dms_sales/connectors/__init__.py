from . import adf
