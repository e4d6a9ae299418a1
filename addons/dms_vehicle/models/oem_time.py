"""Moments as OEMs write them, by the clock of the store if they name no zone."""

from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

FUTURE = timedelta(days=1)


def zone_of(company):
    """:return: the time zone in which a store reads and writes"""
    return ZoneInfo(company.partner_id.tz or company.env.user.tz or "Asia/Shanghai")


def to_utc(moment, company):
    """:return: naive UTC, as the database keeps it"""
    if not moment.tzinfo:
        moment = moment.replace(tzinfo=zone_of(company))
    return moment.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0)


def day_of(moment, company):
    """:return: the day that a moment in UTC is in the store"""
    return moment.replace(tzinfo=timezone.utc).astimezone(zone_of(company)).date()
