"""Runs a command on mutants of our sources and says which of them nothing has noticed.

    .venv/bin/python -m tests.tools.mutate --files schema/connection.py \
        --command ".venv/bin/pytest -x -q tests/resolvers/test_pages.py"

Everything runs on temporary copies of the repository; this one is not touched.
"""

import argparse
import json
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from tests.tools.mutations import Mutant, mutants_of

ROOT = Path(__file__).parents[2]
_NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".data", ".hypothesis", "__pycache__", ".mypy_cache", ".ruff_cache"
)
_FAREWELL = 10


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant: KILLED, SURVIVED or TIMEOUT."""

    file: str
    mutant: Mutant
    outcome: str
    seconds: float

    def as_json(self) -> dict[str, str | int | float]:
        """Without the source."""
        return {
            "file": self.file,
            "line": self.mutant.line,
            "original": self.mutant.original,
            "mutated": self.mutant.mutated,
            "outcome": self.outcome,
            "seconds": round(self.seconds, 1),
        }

    def __str__(self) -> str:
        mutant = self.mutant
        return f"{self.file}:{mutant.line}  `{mutant.original}` → `{mutant.mutated}`"


def main(arguments: Sequence[str] | None = None) -> int:
    """Zero if every mutant was noticed."""
    options = _parser().parse_args(arguments)
    for each in (signal.SIGINT, signal.SIGTERM):  # in the background too: copies are put away
        signal.signal(each, signal.default_int_handler)
    mutants = [(file, each) for file in _files(options.files) for each in _of(file)]
    if options.sample and options.sample < len(mutants):
        chosen = random.Random(options.seed).sample(range(len(mutants)), options.sample)
        mutants = [mutants[at] for at in sorted(chosen)]
    if options.list:
        _say("\n".join(str(Result(file, each, "", 0)) for file, each in mutants))
        return 0
    results = _run(mutants, options)
    survivors = [each for each in results if each.outcome == "SURVIVED"]
    _say(_markdown(results))
    if options.json:
        options.json.write_text(json.dumps([each.as_json() for each in results], indent=1) + "\n")
    if options.markdown:
        options.markdown.write_text(_markdown(results) + "\n")
    return 1 if survivors else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.tools.mutate",
        description="Change one operator, constant, condition or word of SQL at a time, run a "
        "command on each changed copy, and list the changes that it did not notice.",
    )
    add = parser.add_argument
    add("--files", nargs="+", required=True, help="sources or folders, from the repository's root")
    add("--command", default="", help="what has to fail; it runs in the copy's root")
    add("--sample", type=int, default=0, help="only so many mutants, chosen at random")
    add("--seed", type=int, default=1, help="of that choice")
    add("--workers", type=int, default=1, choices=(1, 2), help="copies that are run at once")
    add("--timeout", type=float, default=0, help="seconds; three times the first run if left out")
    add("--json", type=Path, help="where all results are written to")
    add("--markdown", type=Path, help="where the list of survivors is written to")
    add("--list", action="store_true", help="only list the mutants")
    return parser


def _files(given: Sequence[str]) -> Iterator[str]:
    for each in given:
        path = ROOT / each
        found = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        yield from (str(file.relative_to(ROOT)) for file in found)


def _of(file: str) -> list[Mutant]:
    return mutants_of((ROOT / file).read_text("utf-8"))


def _run(mutants: list[tuple[str, Mutant]], options: argparse.Namespace) -> list[Result]:
    with ExitStack() as stack:
        copies: Queue[Path] = Queue()
        for _ in range(options.workers):
            copies.put(stack.enter_context(_copy()))
        timeout = _timeout(copies, options)
        began, results = time.monotonic(), list[Result]()

        def one(job: tuple[str, Mutant]) -> Result:
            copy = copies.get()
            try:
                return _tried(copy, *job, options.command, timeout)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(options.workers) as pool:
            for result in pool.map(one, mutants):
                results.append(result)
                _progress(results, len(mutants), time.monotonic() - began)
        return results


@contextmanager
def _copy() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder) / "repository"
        shutil.copytree(ROOT, copy, ignore=_NOT_COPIED, symlinks=True)
        if (ROOT / ".venv").exists():
            (copy / ".venv").symlink_to((ROOT / ".venv").resolve())
        yield copy


def _timeout(copies: "Queue[Path]", options: argparse.Namespace) -> float:
    """How long a run may take, after one run without any change, which has to pass."""
    copy = copies.get()
    began = time.monotonic()
    outcome = _outcome(copy, options.command, options.timeout or 3600)
    copies.put(copy)
    if outcome != "SURVIVED":
        sys.exit(f"The command fails without any change ({outcome}): {options.command}")
    took = time.monotonic() - began
    _say(f"The command takes {took:.1f} s without any change.")
    return options.timeout or 3 * took + 10


def _tried(copy: Path, file: str, mutant: Mutant, command: str, timeout: float) -> Result:
    path = copy / file
    original = path.read_text("utf-8")
    began = time.monotonic()
    try:
        path.write_text(mutant.source, "utf-8")
        outcome = _outcome(copy, command, timeout)
    finally:
        path.write_text(original, "utf-8")
    return Result(file, mutant, outcome, time.monotonic() - began)


def _outcome(copy: Path, command: str, timeout: float) -> str:
    """Without bytecode: two mutants of one second and one length would be taken for one another."""
    process = subprocess.Popen(
        shlex.split(command),
        cwd=copy,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return "SURVIVED" if process.wait(timeout) == 0 else "KILLED"
    except subprocess.TimeoutExpired:
        return "TIMEOUT"
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Let it put its servers away; then nothing of it is left."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_FAREWELL)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _progress(results: list[Result], total: int, seconds: float) -> None:
    last, left = results[-1], (total - len(results)) * seconds / len(results)
    _say(f"{len(results)}/{total}  {last.outcome:8}  {last}  (about {left / 60:.0f} min left)")


def _markdown(results: list[Result]) -> str:
    """How many of each outcome, and the survivors."""
    outcomes = [each.outcome for each in results]
    counts = ", ".join(f"{outcomes.count(each)} {each.lower()}" for each in sorted(set(outcomes)))
    lines = [f"# {len(results)} mutants: {counts or 'none'}", ""]
    lines += [f"- {each}" for each in results if each.outcome == "SURVIVED"]
    return "\n".join(lines)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Stopped; the copies are put away.")
