"""Runs every fuzz target for a while: `python tests/fuzz/run.py [SECONDS]`, sixty by default.

What a target found interesting is kept in .cache/fuzz/ for the next run.  Bytes that make one fail are kept there too
and named; put them into the suite as a file, a case in tests/bad_content.py or an example, and mend.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEPT = ROOT / ".cache" / "fuzz"
SEEDS = {
    "fuzz_file": ["tests/golden/content/**/*.md", "tests/golden/content/**/*.yml", "tests/wrong/*/*/*"],
    "fuzz_prose": ["tests/golden/content/**/*.md", "content/pages/*.md", "content/agreements/*.md"],
    "fuzz_dates": [],
    "fuzz_addresses": [],
    "fuzz_site": [],
}
LONGEST = {"fuzz_dates": 60, "fuzz_addresses": 200, "fuzz_site": 300}
SLOWEST_S = 10


def run(name: str, seconds: int) -> bool:
    """Whether a target ran for so long without failing."""
    corpus, failures, seeds = KEPT / name, KEPT / f"{name}-failures", KEPT / f"{name}-seeds"
    for folder in (corpus, failures, seeds):
        folder.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(path for pattern in SEEDS[name] for path in sorted(ROOT.glob(pattern))):
        if path.is_file():
            (seeds / str(number)).write_bytes(path.read_bytes())
    command = [sys.executable, f"{name}.py", f"-max_total_time={seconds}", f"-artifact_prefix={failures}/"]
    command += [f"-max_len={LONGEST.get(name, 4000)}", f"-timeout={SLOWEST_S}", "-verbosity=0", str(corpus), str(seeds)]
    done = subprocess.run(command, cwd=HERE, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    print(f"{name}: {'no failure' if done.returncode == 0 else f'failed, see {failures}'}", flush=True)
    return done.returncode == 0


def main(arguments: list[str]) -> int:
    """Run them all, and give the exit status."""
    seconds = int(arguments[0]) if arguments else 60
    names = arguments[1:] or list(SEEDS)
    passed = [run(name, seconds) for name in names]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
