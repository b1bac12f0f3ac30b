# Lambda's own paths lead to where code and layers are unpacked: for environments without mounts of their own.
import builtins
import io
import os
import subprocess
import sys

FILE_CALLS = ("access", "listdir", "lstat", "open", "scandir", "stat")


def map_paths(task_root, layers):
    """`layers` is None when the function has none: then /opt is the machine's own."""
    places = [("/var/task", task_root)] + ([("/opt", layers)] if layers else [])

    def real(path):
        if isinstance(path, str) and path.startswith(("/opt", "/var/task")):
            for start, place in places:
                if path == start or path.startswith(start + "/"):
                    return place + path[len(start):]
        return path

    def mapped(original):
        def call(*arguments, **named):
            if arguments:
                return original(real(arguments[0]), *arguments[1:], **named)
            return original(**named)

        return call

    for name in FILE_CALLS:
        setattr(os, name, mapped(getattr(os, name)))
    builtins.open = io.open = mapped(io.open)
    map_programs(real)


def map_programs(real):
    start = subprocess.Popen.__init__

    def start_mapped(self, args, *rest, **named):
        if not named.get("shell") and isinstance(args, (list, tuple)) and args:
            program = real(os.fspath(args[0]))
            args = interpreter(program) + [program, *args[1:]]
        return start(self, args, *rest, **named)

    subprocess.Popen.__init__ = start_mapped


def interpreter(program):
    """Scripts of Lambda's own Python are run by this one."""
    try:
        with open(program, "rb") as file:
            return [sys.executable] if file.readline(200).startswith(b"#!/var/lang/bin/python") else []
    except OSError:
        return []
