"""The command line: arguments, the report, the exit code.

Exit status: 0 done; 1 the content has errors, or the site cannot be published; 2 the command line is wrong;
130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import CACHE, CONTENT_ERRORS, HOME, INTERRUPTED, USAGE, UntoldError

if TYPE_CHECKING:
    from collections.abc import Sequence

AVAILABILITY_API = "https://archive.org/wayback/available"
"""Where the Internet Archive tells of copies."""

COMMANDS = ("build", "check", "serve", "new", "links")


def main(arguments: Sequence[str]) -> int:
    """Run a command and give its exit status."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a word is no reason to fail
    words = list(arguments)
    if not words or (words[0].startswith("-") and words[0] not in {"-h", "--help"}):
        words.insert(0, "build")
    status = CONTENT_ERRORS
    try:
        status = _run_or_say_why(_options(words))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has had enough, as `head` has
        _fall_silent()
        return status or CONTENT_ERRORS
    except OSError as error:  # a folder that may not be entered, a name that is too long, a disk that is full
        _tell(error)
        if not error.filename:  # it is of what is told, which can still be in a buffer
            _fall_silent()
        return CONTENT_ERRORS
    except ModuleNotFoundError as error:
        if not error.name or error.name.partition(".")[0] == "generator":
            raise
        print(f"error: this Python has no {error.name}: {sys.executable}", file=sys.stderr)  # noqa: T201
        print("  hint: run .venv/bin/python build.py, which `make site` sets up", file=sys.stderr)  # noqa: T201
        return USAGE
    return status


def _run_or_say_why(options: argparse.Namespace) -> int:
    try:
        return _run(options)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr, flush=True)  # noqa: T201
        return INTERRUPTED
    except UntoldError as error:
        print(f"error: standard output cannot be written: {error}", file=sys.stderr, flush=True)  # noqa: T201
        _fall_silent()
        return CONTENT_ERRORS


def _options(words: Sequence[str]) -> argparse.Namespace:
    try:
        parser = _parser()
        options, rest = parser.parse_known_args(words)
        if rest:
            refuse = options.refuse if options.command == "new" else parser.error
            refuse(f"unrecognized arguments: {' '.join(rest)}{_title_hint(options, rest)}")
    except SystemExit:
        try:
            sys.stdout.flush()
        except BrokenPipeError:  # who asked for help has seen enough of it
            _fall_silent()
        raise
    return options


def _title_hint(options: argparse.Namespace, rest: Sequence[str]) -> str:
    """What to do about words that may be the rest of a title."""
    if options.command != "new" or not options.title or any(word.startswith("-") for word in rest):
        return ""
    return f'\n  hint: put the title in quotes, as "{" ".join([options.title, *rest])}"'


def _tell(error: OSError) -> None:
    """Say what the system would not do, and of which file."""
    what = error.filename or "standard output"
    print(f"error: {what} cannot be read or written: {error.strerror or error}", file=sys.stderr)  # noqa: T201
    print("  hint: see that it is where you say, and that you may read and write there", file=sys.stderr)  # noqa: T201


def _open_streams() -> None:
    """Have all three standard streams: where one is closed, the next file that is opened would take its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - for as long as we are


def _fall_silent() -> None:
    """What has not been written by now never will be."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


def _run(options: argparse.Namespace) -> int:
    """The command, imported only when asked for: a check needs no web server."""
    begins_another = options.command == "new" and options.site
    if not begins_another and not options.content.is_dir():
        from generator.commands.tell import refuse  # noqa: PLC0415

        refuse(f"there is no folder {options.content}", "give that of the content with --content DIR")
        return USAGE
    if options.command == "build":
        from generator.commands.build import run_build  # noqa: PLC0415

        return run_build(options)
    if options.command == "check":
        from generator.commands.check import run_check  # noqa: PLC0415

        return run_check(options)
    if options.command == "serve":
        from generator.commands.serve import run_serve  # noqa: PLC0415

        return run_serve(options)
    if options.command == "links":
        from generator.commands.links import run_links  # noqa: PLC0415

        return run_links(options)
    from generator.commands.new import run_new  # noqa: PLC0415

    return run_new(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Builds a source-linked chronology from a folder of Markdown entries.",
        epilog="Without a command it builds.  "
        "Exit status: 0 done, 1 errors in the content, 2 wrong command line, 130 interrupted.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    build = commands.add_parser("build", help="build the site (the default)", description="Build the site.")
    _content(build)
    _output(build)
    build.add_argument(
        "--base-url", metavar="URL", type=_base_url, help="where it will be published (else as site.yml says)"
    )
    build.add_argument("--drafts", action="store_true", help="build drafts too")
    build.add_argument("--strict", action="store_true", help="let warnings stop the build")
    build.add_argument(
        "--jobs", metavar="N", type=_count, default=0, help="processes to render with (default: one a core)"
    )
    build.add_argument(
        "--no-cache", action="store_true", help="make every file anew, take none over from the last build"
    )

    build.add_argument("--no-search", action="store_true", help="leave the search index out")
    build.add_argument("--no-cards", action="store_true", help="leave the card images out")
    build.add_argument("--timings", action="store_true", help="tell where the time went")
    build.add_argument("--deferred-for", metavar="PID", type=_count, help=argparse.SUPPRESS)  # as a preview asks for it

    check = commands.add_parser(
        "check", help="check the content, write nothing", description="Check the content, write nothing."
    )
    _content(check)
    check.add_argument("--strict", action="store_true", help="exit with 1 on warnings too")
    check.add_argument(
        "--against",
        metavar="REV",
        help="tell too what has changed since this git revision and has no correction",
    )
    check.add_argument("--today", type=date.fromisoformat, help=argparse.SUPPRESS)
    check.add_argument("--report", action="store_true", help="list where the record is thin, for the editors")
    check.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="how problems are told (default: text)"
    )
    check.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="tell only the problems of these files")

    serve = commands.add_parser(
        "serve",
        help="build, show in a browser, build again on every change",
        description="Build, serve on this machine, and build again on every change.  For preview, not for publishing.",
    )
    _content(serve)
    _output(serve)
    serve.add_argument(
        "--host", metavar="ADDR", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    serve.add_argument(
        "--port", metavar="N", type=_port, default=8000, help="port (default: 8000, or the next free one)"
    )
    serve.add_argument("--drafts", action="store_true", help="build drafts too")
    serve.add_argument("--open", action="store_true", help="open a browser")
    serve.add_argument("--rest", type=float, default=4.0, help=argparse.SUPPRESS)  # before what takes long is made

    new = commands.add_parser(
        "new",
        help="begin an entry, or another chronology",
        description="Write the file of a new entry, ready to be filled in.  On a terminal it asks for what it was not "
        "told, and Tab completes ids.",
    )
    _content(new)
    _new(new)

    _links(
        commands.add_parser(
            "links",
            help="check source links, find archived copies",
            description="Ask for each source's address, a few hosts at once, and for an archived copy of each that has "
            "none.  Earlier results are remembered: an address is dead when it has failed for a week.",
        )
    )
    return parser


def _new(new: argparse.ArgumentParser) -> None:
    new.add_argument("title", metavar="TITLE", nargs="?", help="a neutral headline")
    new.add_argument(
        "--date", metavar="EDTF", help="when it happened, as 2025-12-24, 2025-07~ or 2025-07-24/2025-07-28"
    )
    new.add_argument("--kind", metavar="KIND", help="a kind of vocabulary.yml, as clash or talks")
    new.add_argument("--actor", metavar="ID", action="append", help="who acted or spoke; may be given several times")
    new.add_argument("--place", metavar="ID", action="append", help="where it happened; may be given several times")
    new.add_argument(
        "--source",
        metavar="URL",
        action="append",
        help="the address of a source, whose page is asked for title, publisher, day and language; or a source's id; "
        "may be given several times",
    )
    new.add_argument(
        "--site", metavar="DIR", type=Path, help="begin another chronology in this folder, with one of everything"
    )
    _archive(new)
    new.add_argument("--today", type=date.fromisoformat, help=argparse.SUPPRESS)
    new.set_defaults(refuse=new.error)


def _archive(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--archive-url",
        metavar="URL",
        type=_url,
        default=AVAILABILITY_API,
        help="an archive's availability API (default: the Wayback Machine's)",
    )
    parser.add_argument(
        "--allow-private", action="store_true", help="ask for addresses of private networks and this machine too"
    )


def _links(links: argparse.ArgumentParser) -> None:
    _content(links)
    links.add_argument("--update", action="store_true", help="write `accessed` and `archived` back into the content")
    links.add_argument(
        "--status",
        metavar="FILE",
        type=Path,
        default=_shown(CACHE / "links.json"),
        help="where results are remembered (default: .cache/links.json)",
    )
    _archive(links)
    links.add_argument(
        "--limit", metavar="N", type=_count, help="check at most N addresses: those never checked, or longest ago"
    )
    links.add_argument("--only-new", action="store_true", help="check only addresses that were never checked")
    links.add_argument("--strict", action="store_true", help="exit with 1 when an address is dead")
    links.add_argument(
        "--format", choices=("text", "json"), default="text", help="how results are told (default: text)"
    )
    links.add_argument("--today", type=date.fromisoformat, help=argparse.SUPPRESS)
    links.add_argument("--pause", type=float, default=1.0, help=argparse.SUPPRESS)


def _content(parser: argparse.ArgumentParser) -> None:
    default = _shown(HOME / "content")
    parser.add_argument(
        "--content", metavar="DIR", type=Path, default=default, help="the content folder (default: content)"
    )


def _output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        default=_shown(HOME / "public"),
        help="the folder to publish to (default: public)",
    )


def _shown(path: Path) -> Path:
    """A path as people would write it: relative to where they are when it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _url(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise argparse.ArgumentTypeError(f"{text} is not a web address: begin it with https://")
    return text


def _base_url(text: str) -> str:
    """By the rule for `base_url` of site.yml."""
    from generator.reading.standards import ALONE, fault_of_base  # noqa: PLC0415 - hardly a command has one

    if wrong := fault_of_base(_url(text)):
        raise argparse.ArgumentTypeError(f"{text} {wrong}: {ALONE}")
    return text


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number of at least 1")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) <= 65535:  # noqa: PLR2004 - the ports there are
        raise argparse.ArgumentTypeError(f"{text} is not a port: 0 to 65535")
    return int(text)
