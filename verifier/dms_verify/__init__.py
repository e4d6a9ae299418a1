"""Checks the passport of a car, alone: ``python -m dms_verify passport.json``."""
