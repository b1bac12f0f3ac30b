# What a Python function logs: its output line by line, its loggers' records and its failures whole, in AWS's forms.
import datetime
import json
import logging
import os
import sys
import time
import traceback

# What Lambda's own runtime says before the failure of an initialisation.
INIT_WARNING = (
    "LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code. "
    "However, in rare cases, a Lambda runtime update can cause unexpected function behavior. "
    "For functions using managed runtimes, runtime updates can be triggered by a function change, or can be applied automatically. "
    "To determine if the runtime has been updated, check the runtime version in the INIT_START log entry. "
    "If this error correlates with a change in the runtime version, you may be able to mitigate this error by temporarily rolling back to the previous runtime version. "
    "For more information, see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html\r"
)
NO_BREAK_SPACE = "\u00a0"
OWN_FIELDS = set(logging.makeLogRecord({}).__dict__) | {"aws_request_id"}
request_id = ""


def send(text):
    """One log event, to the parent on file descriptor 3."""
    data = (json.dumps(text) + "\n").encode()
    while data:
        data = data[os.write(3, data):]


class LogStream:
    """stdout and stderr: each line is a log event."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self):
        self.rest = ""

    def write(self, text):
        lines = (self.rest + text).split("\n")
        self.rest = lines.pop()
        for line in lines:
            send(line + "\n")
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        text, self.rest = self.rest, ""
        if text:
            send(text)

    def isatty(self):
        return False

    def writable(self):
        return True

    def fileno(self):
        return 1


class RecordHandler(logging.Handler):
    def emit(self, record):
        try:
            send(self.format(record))
        except Exception:
            self.handleError(record)


class JsonFormatter(logging.Formatter):
    def format(self, record):
        time_of_day = datetime.datetime.fromtimestamp(record.created, tz=datetime.timezone.utc)
        level = min(50, max(0, record.levelno)) // 10 * 10
        line = {
            "timestamp": time_of_day.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
            "level": logging.getLevelName(level),
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            kind, error, trace = record.exc_info
            line["stackTrace"] = traceback.format_tb(trace)
            line["errorType"] = kind.__name__ if kind else None
            line["errorMessage"] = str(error)
        line["requestId"] = record.aws_request_id
        if record.exc_info:
            line["location"] = "%s:%s:%s" % (record.pathname, record.funcName, record.lineno)
        for name, value in record.__dict__.items():
            if name not in OWN_FIELDS and name not in line:
                line[name] = value
        line = {name: value for name, value in line.items() if value is not None}
        return json.dumps(line, ensure_ascii=False) + "\n"


class RequestIdFilter(logging.Filter):
    def filter(self, record):
        record.aws_request_id = request_id
        return True


def is_json():
    return os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"


def set_up_logging():
    handler = RecordHandler()
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").replace("TRACE", "DEBUG")
    if is_json():
        handler.setFormatter(JsonFormatter())
    else:
        line = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
        handler.setFormatter(logging.Formatter(line, "%Y-%m-%dT%H:%M:%S"))
    logging.Formatter.converter = time.gmtime
    handler.addFilter(RequestIdFilter())
    if level:
        logging.getLogger().setLevel(level)
    logging.getLogger().addHandler(handler)


def report(failure):
    """An error object that the invocation, or the initialisation, ends with."""
    sys.stdout.flush()
    if is_json():
        return send(json.dumps({"timestamp": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime()), "level": "ERROR", **failure}, ensure_ascii=False))
    lines = ["[ERROR] %s: %s" % (failure["errorType"], failure["errorMessage"]) if failure["errorMessage"] else "[ERROR] %s" % failure["errorType"]]
    lines.append("Traceback (most recent call last):")
    for frame in failure["stackTrace"]:
        for line in frame.splitlines():
            text = line.lstrip(" ")
            lines.append(NO_BREAK_SPACE * (len(line) - len(text)) + text)
    send("\n".join(lines))
