"""A server of our own for the time of a check: `server.py COMMAND...` runs COMMAND with its address in $STAC."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

HOME = pathlib.Path(__file__).resolve().parent
JAR = HOME.parent / "target" / "almagest.jar"


def java():
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else "java"


@contextlib.contextmanager
def running(store, *arguments):
    """Starts `almagest serve` on a free port; the first line it prints says which, so nothing is polled."""
    command = [java(), "-jar", str(JAR), "serve", "--port", "0", "--json", "--store", str(store), *arguments]
    log = open(pathlib.Path(store).with_suffix(".log"), "w")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        line = process.stdout.readline()
        if not line:
            raise SystemExit(f"the server did not start, see {log.name}:\n{open(log.name).read()[-2000:]}")
        yield json.loads(line)
    finally:
        process.send_signal(signal.SIGTERM)
        status = process.wait(60)
        log.close()
    if status != 0:
        raise SystemExit(f"the server ended with status {status}, see {log.name}")


def main():
    import requests

    import fixture

    work = pathlib.Path(tempfile.mkdtemp(prefix="almagest-interop-"))
    try:
        with running(work / "store") as server:
            fixture.load(server["stac"], requests.Session())
            environment = dict(os.environ, STAC=server["stac"])
            status = subprocess.call(sys.argv[1:], env=environment)
        if status != 0:
            print((work / "store.log").read_text()[-4000:], file=sys.stderr)
        sys.exit(status)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
