"""A dealer group that never was, with a year and a half of business behind it.

Plain modules hold the data (``stores``, ``brands``, ``series``, ``names``,
``staff``); the others drive the product's own documents through it. Everything
follows from one seed, so that two runs for the same day make the same cars.
"""
