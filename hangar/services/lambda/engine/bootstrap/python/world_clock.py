# The world's time in place of the host's, for functions that ask for it: shifted by as much as each invocation says.
import datetime
import time

host_time = time.time
_offset = 0.0


def shift_clock(milliseconds):
    """Milliseconds that the world is ahead of the host, from now on."""
    global _offset
    _offset = milliseconds / 1000


def follow_world(milliseconds):
    """Before the function is loaded, since modules may keep what they import."""
    shift_clock(milliseconds)
    _patch_time()
    _patch_datetime()


def _now():
    return host_time() + _offset


def _patch_time():
    host_ns = time.time_ns
    time.time = _now
    time.time_ns = lambda: host_ns() + int(_offset * 1000) * 1_000_000
    for name in ("gmtime", "localtime", "ctime"):
        original = getattr(time, name)
        setattr(time, name, lambda seconds=None, original=original: original(_now() if seconds is None else seconds))
    asctime, strftime, localtime = time.asctime, time.strftime, time.localtime
    time.asctime = lambda moment=None: asctime(localtime() if moment is None else moment)
    time.strftime = lambda form, moment=None: strftime(form, localtime() if moment is None else moment)


def _patch_datetime():
    host_date, host_datetime = datetime.date, datetime.datetime

    class DateType(type):
        """Dates that C code makes are dates too."""

        def __instancecheck__(cls, value):
            return isinstance(value, host_date) if cls is date else super().__instancecheck__(value)

        def __subclasscheck__(cls, other):
            return issubclass(other, host_date) if cls is date else super().__subclasscheck__(other)

    class DatetimeType(type):
        def __instancecheck__(cls, value):
            return isinstance(value, host_datetime) if cls is WorldDatetime else super().__instancecheck__(value)

        def __subclasscheck__(cls, other):
            return issubclass(other, host_datetime) if cls is WorldDatetime else super().__subclasscheck__(other)

    class date(host_date, metaclass=DateType):
        @classmethod
        def today(cls):
            return cls.fromtimestamp(_now())

    class WorldDatetime(host_datetime, metaclass=DatetimeType):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(_now(), tz)

        @classmethod
        def today(cls):
            return cls.fromtimestamp(_now())

        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(_now(), datetime.timezone.utc).replace(tzinfo=None)

    WorldDatetime.__name__ = WorldDatetime.__qualname__ = "datetime"
    date.__qualname__ = "date"
    for kind in (date, WorldDatetime):
        kind.__module__ = "datetime"
    datetime.date, datetime.datetime = date, WorldDatetime
