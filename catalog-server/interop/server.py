"""A server of our own for the time of a check: `server.py [--sample] COMMAND...`.

COMMAND finds the landing page in $STAC and the folder of the store in $STORE. Before it, the fixture is put into the
empty store through the routes of the server. --sample runs the sample under the JDK's own server instead.
"""

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
SAMPLES = HOME.parent.parent / "samples" / "target" / "classes"
SAMPLE = "org.almagest.samples.http.StacOverHttp"


def java():
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else "java"


def program():
    """Returns the words that run the command line; $ALMAGEST may name others."""
    return os.environ.get("ALMAGEST", "").split() or [java(), "-jar", str(JAR)]


@contextlib.contextmanager
def running(command, store):
    """Starts a server; the first line it prints says where it listens, so nothing is polled."""
    log = open(pathlib.Path(store).with_suffix(".log"), "w")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        line = process.stdout.readline().strip()
        if not line:
            raise SystemExit(f"the server did not start:\n{open(log.name).read()[-2000:]}")
        yield json.loads(line)["stac"] if line.startswith("{") else line
    finally:
        process.send_signal(signal.SIGTERM)
        status = process.wait(60)
        log.close()
    if status not in (0, 128 + signal.SIGTERM):
        raise SystemExit(f"the server ended with status {status}:\n{open(log.name).read()[-2000:]}")


def command(store, arguments):
    if "--sample" in arguments:
        return [java(), "-cp", f"{SAMPLES}{os.pathsep}{JAR}", SAMPLE, str(store), "0"]
    return [*program(), "serve", "--port", "0", "--json", "--store", str(store)]


def main():
    import requests

    import fixture

    arguments = sys.argv[1:]
    work = pathlib.Path(tempfile.mkdtemp(prefix="almagest-interop-"))
    store = work / "store"
    try:
        with running(command(store, arguments[:1]), store) as stac:
            fixture.load(stac, requests.Session())
            environment = dict(os.environ, STAC=stac, STORE=str(store))
            status = subprocess.call([word for word in arguments if word != "--sample"], env=environment)
        if status != 0:
            print("".join((work / "store.log").read_text().splitlines(True)[-20:]), file=sys.stderr)
        sys.exit(status)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
