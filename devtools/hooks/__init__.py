"""Checks that `./dms check` runs beside the well-known linters."""
