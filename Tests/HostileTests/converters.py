#!/usr/bin/python3
"""A converter that misbehaves as its input says, and works otherwise. Named pdftotext, it hands on to the real one; named
soffice, it gives GOOD_DOCX, which the test puts here: a converter can read no other file.

Nothing here starts processes without end: the one that forks leaves three sleepers.
"""

import base64
import os
import sys
import time

GOOD_DOCX = ""
IS_PDFTOTEXT = sys.argv[0].endswith("pdftotext")
SLEEP = ["sleep", "4321"]


def leave_sleepers():
    """Three processes with sessions of their own, whose parents are dead."""
    for _ in range(3):
        child = os.fork()
        if child == 0:
            os.setsid()
            if os.fork() == 0:
                os.execv("/bin/sleep", SLEEP)
            os._exit(0)
        os.waitpid(child, 0)


def eat():
    food = []
    while True:
        food.append(b"\1" * (64 << 20))


def misbehave(order):
    if order == b"hang":
        os.execv("/bin/sleep", SLEEP)
    elif order == b"slow":
        time.sleep(1)
    elif order == b"silent":
        sys.exit(0)
    elif order == b"eat":
        eat()
    elif order in (b"fork", b"fork-hang"):
        leave_sleepers()
        if order == b"fork-hang":
            os.execv("/bin/sleep", SLEEP)
        sys.exit(0)
    elif order == b"print":
        while True:
            os.write(1, b"y\n" * 30000)
    elif order == b"crash":
        os.abort()


def order(path):
    with open(path, "rb") as file:
        parts = file.read().split(b"%order ")
    return parts[1].split(b"\n")[0] if len(parts) > 1 else None


if IS_PDFTOTEXT:
    if len(sys.argv) > 2:
        misbehave(order(sys.argv[-2]))
    os.execv("/usr/bin/pdftotext", ["pdftotext"] + sys.argv[1:])
outputs = sys.argv.index("--outdir") + 1
for path in sys.argv[outputs + 1 :]:
    misbehave(order(path))
    name = os.path.splitext(os.path.basename(path))[0]
    with open(f"{sys.argv[outputs]}/{name}.docx", "wb") as file:
        file.write(base64.b64decode(GOOD_DOCX))
