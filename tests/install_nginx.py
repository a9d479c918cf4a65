"""Sees to it that there is an nginx for the test of docs/nginx.conf: `python tests/install_nginx.py`.

The one that is there wins; else, on Debian and its kin, the package is unpacked into .cache/nginx: nothing is installed
and no service started.  Exit status 0 in any case: without one, the test says that it is skipped, and why.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent.parent / ".cache" / "nginx"
PACKAGES = ("nginx-light", "nginx-core", "nginx")
"""Which of them holds the program depends on the system's age."""
MISSING = "nginx is not installed: on Debian, `python tests/install_nginx.py` fetches it; else install it by hand"


def find_nginx() -> str | None:
    """A program that starts: on the PATH, where Debian has it, or fetched."""
    for program in (shutil.which("nginx"), "/usr/sbin/nginx", str(HERE / "usr/sbin/nginx")):
        if program and Path(program).is_file() and run(program, "-v"):
            return program
    return None


def fetch() -> None:
    """Unpack the system's own package beside the project."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        return
    HERE.mkdir(parents=True, exist_ok=True)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        run("apt-get", "update", "-qq")
    for package in PACKAGES:
        if run("apt-get", "download", "-qq", package):
            for file in HERE.glob("*.deb"):
                run("dpkg", "-x", str(file), str(HERE))
                file.unlink()
        if find_nginx():
            return


def run(*command: str) -> bool:
    """Run a command without its output; it may well fail, and then the next way is tried."""
    folder = HERE if HERE.is_dir() else None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    if not find_nginx():
        fetch()
    print(f"nginx for the tests: {find_nginx() or 'none, so its test is skipped'}")
    sys.exit(0)
