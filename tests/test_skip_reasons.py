"""A skip without a stated reason fails the run."""

from __future__ import annotations

import pytest

SILENT = [
    "@pytest.mark.skip\ndef test_it(): pass",
    "@pytest.mark.skip(reason='')\ndef test_it(): pass",
    "def test_it(): pytest.skip()",
    "def test_it(): pytest.skip(' ')",
    "@pytest.mark.skipif('True')\ndef test_it(): pass",
    "def test_it(): pytest.importorskip('there_is_no_such_module')",
    "@pytest.mark.parametrize('x', [])\ndef test_it(x): pass",
    "pytest.skip('', allow_module_level=True)\ndef test_it(): pass",
]
STATED = [
    "@pytest.mark.skip(reason='needs a printer')\ndef test_it(): pass",
    "def test_it(): pytest.skip('needs a printer')",
    "@pytest.mark.skipif(True, reason='needs a printer')\ndef test_it(): pass",
    "def test_it(): pytest.importorskip('there_is_no_such_module', reason='needs a printer')",
    "pytest.skip('needs a printer', allow_module_level=True)\ndef test_it(): pass",
    "@pytest.mark.xfail\ndef test_it(): assert False",
    "def test_it(): pass",
]


ALSO_RUN = "def test_another(): pass"


def run(pytester: pytest.Pytester, tests: list[str]) -> pytest.RunResult:
    """A run with the plugin over files with one test each; a test that passes is there too."""
    pytester.makeconftest(
        "from skip_reasons import SkipReasons\n"
        "def pytest_configure(config): config.pluginmanager.register(SkipReasons())"
    )
    files = {f"test_{number}": f"import pytest\n{test}" for number, test in enumerate([*tests, ALSO_RUN])}
    pytester.makepyfile(**files)
    return pytester.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:anyio")


def test_silent_skips_fail_the_run(pytester: pytest.Pytester) -> None:
    """Pytest's own words for a skip state no reason; each such test is named."""
    result = run(pytester, SILENT)
    told = {line.partition("::")[0] for line in result.outlines if line.startswith("test_") and "%" not in line}

    assert pytest.ExitCode.TESTS_FAILED == result.ret
    assert {f"test_{number}.py" for number in range(len(SILENT))} == told


def test_stated_skips_do_not(pytester: pytest.Pytester) -> None:
    """Whoever says why may skip; an expected failure did run."""
    result = run(pytester, STATED)

    assert pytest.ExitCode.OK == result.ret
    result.stdout.no_fnmatch_line("*without a stated reason*")


def test_one_silent_skip_among_stated_ones_is_enough(pytester: pytest.Pytester) -> None:
    """None hides behind another."""
    result = run(pytester, [*STATED, SILENT[0]])

    assert pytest.ExitCode.TESTS_FAILED == result.ret
