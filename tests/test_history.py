"""First published, last changed: from git where there is one, and never from the clock."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from git_folder import begin, commit, git
from golden_files import read_tree

from generator.publishing.options import Options
from generator.publishing.pipeline import build
from generator.reading.validate import load_site
from generator.upkeep.history import read_history

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests/golden"
TALKS, AGAIN = (f"events/2025/2025-03-{name}.md" for name in ("04-talks", "09-ropes-again"))
DRAFT = "events/2025/2025-06-01-draft.md"
MARCH, APRIL, MAY = "2026-03-01T16:30:00Z", "2026-04-01T12:00:00Z", "2026-05-01T12:00:00Z"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The golden content in a repository of its own: all of it in March, the talks again in April."""
    shutil.copytree(GOLDEN / "content", tmp_path / "content")
    begin(tmp_path)
    commit(tmp_path, MARCH)
    change(tmp_path / "content" / TALKS, "two days", "two long days")
    commit(tmp_path, APRIL)
    return tmp_path / "content"


def change(path: Path, old: str, new: str) -> None:
    """Write other words into a file, in the one place where the first are."""
    text = path.read_text("utf-8")
    assert 1 == text.count(old)
    path.write_text(text.replace(old, new), "utf-8")


def history(content: Path, *, drafts: bool = False) -> dict[str, tuple[str, str]]:
    """The first and the last day of each entry, by file."""
    site = load_site(content, drafts=drafts).site
    assert site is not None
    found = read_history(content, site) or {}
    return {name: (days.first.isoformat(), days.last.isoformat()) for name, days in found.items()}


def add_new(content: Path) -> None:
    """Put an entry into the folder that git does not know."""
    text = (content / AGAIN).read_text("utf-8").replace("date: 2025-03-09", "date: 2025-04-01")
    (content / TALKS).with_name("2025-04-01-new.md").write_text(text, "utf-8")


def publish(content: Path, out: Path) -> dict[str, bytes]:
    """The site that is built of a content folder, as files."""
    report = build(Options(content, ROOT / "templates", GOLDEN / "static", out, jobs=1))
    assert () == report.problems
    return read_tree(out)


def story(site: dict[str, bytes], slug: str) -> str:
    """The section of an entry's page that tells its history, without tags."""
    page = site[f"events/{slug}/index.html"].decode()
    section = page.partition('<section aria-labelledby="history">')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", "", section).split())


def test_days_are_those_of_the_commits(content: Path) -> None:
    """By committer's time: the first that had the entry, and the last that changed it; withdrawn entries too."""
    days = history(content)

    assert ("2026-03-01", "2026-04-01") == days[TALKS]
    assert {("2026-03-01", "2026-03-01")} == {span for name, span in days.items() if name != TALKS}
    assert 5 == len(days)


@pytest.mark.parametrize(("zone", "day"), [("Asia/Bangkok", "2026-03-01"), ("Asia/Tokyo", "2026-03-02")])
def test_days_are_those_of_the_sites_zone(content: Path, zone: str, day: str) -> None:
    """Half past four in the afternoon at Greenwich is the next day in Tokyo."""
    change(content / "site.yml", "timezone: Asia/Bangkok", f"timezone: {zone}")

    assert (day, day) == history(content)[AGAIN]


def test_commits_out_of_the_order_of_their_times_are_read_by_their_times(content: Path) -> None:
    """A clock that went wrong in between makes no entry change before it was published."""
    change(content / AGAIN, "three ropes", "four ropes")
    commit(content, "2026-02-01T12:00:00Z")

    assert ("2026-02-01", "2026-03-01") == history(content)[AGAIN]


def test_what_a_merge_brings_in_is_published_on_its_day(content: Path) -> None:
    """Not on the day when somebody wrote it on a branch of their own."""
    git(content, "checkout", "--quiet", "-b", "branch")
    (content / AGAIN).with_name("2025-04-01-new.md").write_bytes((content / AGAIN).read_bytes())
    commit(content, APRIL)
    git(content, "checkout", "--quiet", "main")
    git(content, "merge", "--quiet", "--no-ff", "--message=Merged", "branch", when=MAY)

    days = history(content)

    assert ("2026-05-01", "2026-05-01") == days["events/2025/2025-04-01-new.md"]
    assert ("2026-03-01", "2026-03-01") == days[AGAIN]


def test_an_alias_carries_the_history_over(content: Path) -> None:
    """Under a new slug an entry is first published when it was under the former; without an alias it is new."""
    for slug in ("2025-03-04-market", "2025-03-09-quay"):
        old = TALKS if slug.endswith("market") else AGAIN
        (content / old).rename((content / old).with_name(f"{slug}.md"))
    change(content / "events/2025/2025-03-04-market.md", "\nkind", "\naliases: [/events/2025-03-04-talks/]\nkind")
    change(content / "events/2025/2025-03-01-ropes-cut.md", "[[2025-03-04-talks]]", "[[2025-03-04-market]]")
    commit(content, MAY)

    days = history(content)

    assert ("2026-03-01", "2026-05-01") == days["events/2025/2025-03-04-market.md"]
    assert ("2026-05-01", "2026-05-01") == days["events/2025/2025-03-09-quay.md"]


def test_an_entry_keeps_its_history_in_another_folder(content: Path) -> None:
    """Its address is the same."""
    (content / AGAIN).rename(content / "events/2025-03-09-ropes-again.md")
    commit(content, MAY)

    assert ("2026-03-01", "2026-05-01") == history(content)["events/2025-03-09-ropes-again.md"]


def test_a_draft_is_published_when_it_is_one_no_more(content: Path) -> None:
    """The days before have had no readers; and a draft has no history, though it be shown."""
    assert DRAFT not in history(content, drafts=True)
    change(content / DRAFT, "This is not ready", "This is hardly ready")
    commit(content, APRIL)
    change(content / DRAFT, "draft: true\n", "")
    commit(content, MAY)

    assert ("2026-05-01", "2026-05-01") == history(content)[DRAFT]


def test_a_draft_under_a_former_name_was_no_publication(content: Path) -> None:
    """An alias carries over what readers had, and nothing that they had not."""
    named = "events/2025/2025-06-01-ready.md"
    (content / DRAFT).rename(content / named)
    change(content / named, "draft: true\n", "aliases: [/events/2025-06-01-draft/]\n")
    commit(content, MAY)

    assert ("2026-05-01", "2026-05-01") == history(content)[named]


def test_a_draft_that_went_and_came_back_is_published_then(content: Path) -> None:
    """The commit that deleted it is none of its versions."""
    text = (content / DRAFT).read_text("utf-8")
    (content / DRAFT).unlink()
    commit(content, APRIL)
    (content / DRAFT).write_text(text.replace("draft: true\n", ""), "utf-8")
    commit(content, MAY)

    assert ("2026-05-01", "2026-05-01") == history(content)[DRAFT]


def test_only_front_matter_makes_a_draft(content: Path) -> None:
    """Not a line of the text that reads like it."""
    name = "events/2025/2025-04-01-new.md"
    (content / name).write_text((content / AGAIN).read_text("utf-8") + "draft: true\n", "utf-8")
    commit(content, APRIL)
    change(content / name, "\ndraft: true\n", "\n")
    commit(content, MAY)

    assert ("2026-04-01", "2026-05-01") == history(content)[name]


def test_what_is_not_committed_counts_for_nothing(content: Path) -> None:
    """An entry that git does not keep has no history; one that is changed in the folder alone keeps its own."""
    (content / TALKS).with_name("2025-04-01-new.md").write_bytes((content / AGAIN).read_bytes())
    change(content / TALKS, "two long days", "two days")

    days = history(content)

    assert "events/2025/2025-04-01-new.md" not in days
    assert ("2026-03-01", "2026-04-01") == days[TALKS]


def test_settings_of_git_change_nothing(content: Path) -> None:
    """Whatever a user has set for their own eyes."""
    for name, value in {
        "log.showSignature": "true",
        "log.follow": "true",
        "log.decorate": "full",
        "diff.renames": "copies",
        "diff.relative": "false",
        "diff.noprefix": "true",
        "color.ui": "always",
        "core.quotePath": "true",
    }.items():
        git(content, "config", name, value)

    assert ("2026-03-01", "2026-04-01") == history(content)[TALKS]


@pytest.mark.usefixtures("content")
def test_a_shallow_clone_knows_nothing(tmp_path: Path) -> None:
    """It cannot know first days, so it gives none."""
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{tmp_path}", "clone")

    assert {} == history(tmp_path / "clone/content")


def test_a_clone_that_lacks_a_version_knows_nothing(content: Path, tmp_path: Path) -> None:
    """Whether it was a draft cannot be told, and nothing is fetched for a build."""
    blob = git(tmp_path, "rev-parse", f"HEAD~1:content/{TALKS}").strip()
    (tmp_path / ".git/objects" / blob[:2] / blob[2:]).unlink()

    assert {} == history(content)


def test_git_that_did_not_answer_is_asked_again(content: Path, tmp_path: Path) -> None:
    """A version that is fetched later is enough: neither the content nor its history need have changed."""
    blob = git(tmp_path, "rev-parse", f"HEAD~1:content/{TALKS}").strip()
    kept = tmp_path / ".git/objects" / blob[:2] / blob[2:]
    kept.rename(tmp_path / "away")
    out, cache = tmp_path / "out", tmp_path / "cache"
    options = Options(content, ROOT / "templates", GOLDEN / "static", out, jobs=1, cache=cache)
    build(options)
    before = read_tree(out)
    (tmp_path / "away").rename(kept)

    build(options)

    assert read_tree(out) == publish(content, tmp_path / "cold")
    assert before != read_tree(out)


def test_without_git_nothing_is_known(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In silence: no repository, one without a commit, none for this folder, no git."""
    for name in ("plain", "empty", "ignored"):
        shutil.copytree(content, tmp_path / name / "content")
    begin(tmp_path / "empty")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))

    assert [{}, {}] == [history(tmp_path / name / "content") for name in ("plain", "empty")]
    monkeypatch.delenv("GIT_CEILING_DIRECTORIES")
    assert {} == history(tmp_path / "ignored/content")
    monkeypatch.setenv("PATH", os.devnull)
    assert {} == history(content)


def test_an_entrys_page_says_when(content: Path, tmp_path: Path) -> None:
    """First published and last changed; the latter only on another day, and neither where it is not known."""
    add_new(content)

    site = publish(content, tmp_path / "public")

    assert story(site, "2025-03-04-talks").startswith(
        "History First published 1 March 2026, last changed 1 April 2026. No correction"
    )
    assert story(site, "2025-03-09-ropes-again").startswith("History First published 1 March 2026. No correction")
    assert story(site, "2025-04-01-new").startswith("History No correction")
    assert b'<time datetime="2026-03-01">1 March 2026</time>' in site["events/2025-03-04-talks/index.html"]


def test_the_feeds_say_when(content: Path, tmp_path: Path) -> None:
    """`published` and `updated` are git's days where it knows them, else the event's; corrections keep their own."""
    add_new(content)

    site = publish(content, tmp_path / "public")

    feed = site["feed.xml"].decode()
    told = {
        slug: re.findall(r"<(published|updated)>(\S{10})T00:00:00\+07:00<", entry)
        for entry in feed.split("<entry>")[1:]
        for slug in re.findall(r"<id>https://\S+/events/(\S+)/</id>", entry)
    }
    assert [("published", "2026-03-01"), ("updated", "2026-04-01")] == told["2025-03-04-talks"]
    assert [("updated", "2025-04-01")] == told["2025-04-01-new"]
    assert "<updated>2026-04-01T00:00:00+07:00</updated>" in feed.partition("<entry>")[0]
    items = {item["url"].split("/")[-2]: item for item in json.loads(site["feed.json"])["items"]}
    assert "2026-03-01T00:00:00+07:00" == items["2025-03-04-talks"]["date_published"]
    assert "2026-04-01T00:00:00+07:00" == items["2025-03-04-talks"]["date_modified"]
    assert "date_published" not in items["2025-04-01-new"]
    assert b"<updated>2025-03-10T00:00:00+07:00</updated>" in site["corrections.xml"].partition(b"<entry>")[2]


def test_the_same_commit_gives_the_same_bytes(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another clone, in another zone, with another age of the files."""
    here = publish(content, tmp_path / "public")
    git(tmp_path, "clone", "--quiet", f"file://{tmp_path}", "clone")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")

    assert here == publish(tmp_path / "clone/content", tmp_path / "clone-public")


def test_a_build_can_do_without(content: Path, tmp_path: Path) -> None:
    """Told so by its options, it does not ask git."""
    out = tmp_path / "public"

    build(Options(content, ROOT / "templates", GOLDEN / "static", out, jobs=1, history=False))

    assert "History No correction has been made to this entry." == story(read_tree(out), "2025-03-04-talks")
