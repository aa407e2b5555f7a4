"""Every command as a person calls it, on the shipped example."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main


def run(*args: object, code: int = 0) -> Result:
    done = CliRunner().invoke(main, [str(a) for a in args])
    assert done.exit_code == code, (done.output, done.stderr)
    assert "Traceback" not in done.output
    return done


def test_the_report_names_the_dispute_the_state_and_its_references(demo: Path) -> None:
    report = run("status", "-r", demo).output
    assert report.splitlines()[0].startswith("Ferry Crews' Union and Strait Ferry Operators' Association")
    assert "WHERE THE TALKS STAND" in report
    assert "NOT KNOWN" in report
    assert "German" in report  # one document could not be read, and the report says so
    assert re.search(r"\[\d+:\d+\]", report)


def test_every_reference_of_the_report_leads_to_a_passage(demo: Path) -> None:
    references = set(re.findall(r"\[\d+:\d+\]", run("status", "-r", demo).output))
    assert len(references) >= 8
    for reference in references:
        shown = json.loads(run("show", reference, "-r", demo, "--json").output)
        assert shown["text"]
        assert shown["reference"] == reference


def test_json_of_the_report_holds_the_same_facts(demo: Path) -> None:
    found = json.loads(run("status", "-r", demo, "--json").output)
    assert found["dispute"]["workers"]
    assert found["states"]
    assert len(found["documents"]) == 7
    assert [p["message"] for p in found["problems"]]


def test_a_second_run_finds_nothing_new_and_says_the_same(demo: Path, tmp_path: Path) -> None:
    before = json.loads(run("status", "-r", demo, "--json").output)
    run("demo", "-r", demo)
    after = json.loads(run("status", "-r", demo, "--json").output)
    assert after["states"] == before["states"]
    assert after["new"] == []


def test_what_is_new_since_the_last_run_is_told_apart(demo: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.txt"
    later.write_text(
        " date 2024-06-10 The Ferry Crews' Union and the Strait Ferry Operators' Association reached a tentative "
        "agreement on Sunday, the two sides said in a joint statement.\n"
    )
    report = run("read", later, "-r", demo).output
    assert "NEW SINCE THE LAST RUN" in report
    assert "1 new document. [9]" in report
    assert "Tentative agreement since Sun 9 Jun 2024" in report


@pytest.mark.parametrize(
    "args",
    [
        ("timeline",),
        ("statements", "--authority", "joint"),
        ("claims",),
        ("claims", "--ahead"),
        ("sources",),
        ("sources", "--documents"),
        ("effects",),
        ("problems",),
        ("outlook",),
        ("parties",),
        ("disputes",),
        ("search", "counteroffer"),
        ("show", "1"),
        ("show", "1:2"),
    ],
)
def test_each_command_prints_for_people_and_for_machines(demo: Path, args: tuple[str, ...]) -> None:
    people = run(*args, "-r", demo).output
    assert people.strip()
    machines = run(*args, "-r", demo, "--json").output
    lines = machines.splitlines() if args[0] == "statements" else [machines]
    for line in lines:
        json.loads(line)


def test_statements_are_filtered(demo: Path) -> None:
    def found(*options: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in run("statements", "-r", demo, "--json", *options).output.splitlines()]

    everything = found()
    assert {s["certainty"] for s in found("--certainty", "certain")} == {"certain"}
    assert 0 < len(found("--speaker", "union")) < len(everything)
    assert all("deal" in str(s["content"]).lower() for s in found("--about", "deal"))
    assert found("--since", "2030-01-01") == []


def test_a_statement_is_shown_by_its_id(demo: Path) -> None:
    first = json.loads(run("statements", "-r", demo, "--json").output.splitlines()[0])
    shown = json.loads(run("show", str(first["id"]), "-r", demo, "--json").output)
    assert shown["reference"] == first["reference"]


def test_a_document_is_put_into_a_dispute_and_taken_out_by_judgement(demo: Path, tmp_path: Path) -> None:
    stray = tmp_path / "stray.txt"
    stray.write_text("The weather at the quay was mild, and nobody complained.\n")
    run("read", stray, "-r", demo, "-q")
    [dispute] = json.loads(run("disputes", "-r", demo, "--json").output)
    assert 9 not in [d["number"] for d in dispute["documents"]]
    run("disputes", "--assign", "9", dispute["id"], "--who", "ines", "--why", "it is about the strike", "-r", demo)
    [dispute] = json.loads(run("disputes", "-r", demo, "--json").output)
    assert [d["given"] for d in dispute["documents"] if d["number"] == 9] == [True]
    run("disputes", "--take-out", "9", dispute["id"], "-r", demo)
    [dispute] = json.loads(run("disputes", "-r", demo, "--json").output)
    assert 9 not in [d["number"] for d in dispute["documents"]]


def test_a_document_belongs_to_two_disputes_when_a_person_says_so(demo: Path) -> None:
    for name in ("first-case", "second-case"):
        run("disputes", "--assign", "3", name, "-r", demo)
    of_three = [
        d["id"]
        for d in json.loads(run("disputes", "-r", demo, "--json").output)
        if 3 in [doc["number"] for doc in d["documents"]]
    ]
    assert {"first-case", "second-case"} <= set(of_three)
    assert "no name" in run("disputes", "--assign", "3", "!!!", "-r", demo, code=1).stderr


def test_forget_needs_a_word_and_then_leaves_no_word(demo: Path) -> None:
    assert "--yes" in run("forget", "3", "-r", demo, code=1).stderr
    assert run("search", "rotting", "-r", demo).output
    run("forget", "3", "--yes", "-r", demo)
    assert "No sentence" in run("search", "rotting", "-r", demo).output
    assert b"rotting" not in demo.read_bytes()
    assert "[3" not in run("status", "-r", demo).output


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("status", "-r", "nowhere.db"), "there is no record at nowhere.db"),
        (("show", "99"), "no document '99'"),
        (("show", "1:999"), "has sentences 1 to"),
        (("status", "--dispute", "miners"), "names no dispute"),
        (("disputes", "--take-out", "1", "miners"), "no dispute 'miners'"),
        (("export", "--as", "csv", "-o", "no/such/folder/x.csv"), "cannot be written"),
        (("read", "x.txt", "--manifest", "none.csv"), "none.csv"),
        (("read", "x.txt", "--pipeline", "xx_none"), "onrecord"),
    ],
)
def test_a_mistake_is_one_sentence_and_a_code(demo: Path, args: tuple[str, ...], sentence: str) -> None:
    options = () if "-r" in args else ("-r", demo)
    done = CliRunner().invoke(main, [*args, *(str(o) for o in options)])
    assert done.exit_code in (1, 3)
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


# They open the record as a whole; the page and the assistant choose the dispute.
WHOLE = {"serve", "site", "mcp", "verify"}


@pytest.mark.parametrize("name", sorted(set(main.commands) - WHOLE))
def test_every_command_takes_a_dispute(name: str) -> None:
    assert "--dispute" in run(name, "--help").output


def test_a_dispute_narrows_what_is_shown(demo: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The weather at the bakery was mild, and nobody spoke of counteroffers.\n")
    run("read", other, "-r", demo, "-q")
    everywhere = json.loads(run("search", "mild", "-r", demo, "--json").output)
    assert [hit["reference"] for hit in everywhere] == ["[9:1]"]
    assert json.loads(run("search", "mild", "-r", demo, "--dispute", "ferry", "--json").output) == []
    assert "not of the dispute" in run("show", "9:1", "-r", demo, "--dispute", "ferry", code=1).stderr
    assert "not of the dispute" in run("forget", "9", "--yes", "-r", demo, "--dispute", "ferry", code=1).stderr


def test_several_disputes_are_listed_and_one_has_to_be_named(demo: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(
        " date 2024-05-01 Bakers of the Bread Workers' Union went on strike at Millbrook Bakeries on Wednesday. "
        "The Bread Workers' Union said that Millbrook Bakeries had refused to bargain.\n"
    )
    listed = run("read", other, "-r", demo, "--dispute", "Bakers 2024", code=0).output
    assert "Bread Workers" in listed
    several = run("status", "-r", demo).output
    assert "2 disputes" in several
    assert "--dispute" in run("timeline", "-r", demo, code=1).stderr
    assert "Ferry" in run("status", "--dispute", "ferry", "-r", demo).output


def test_help_and_status_load_no_model(demo: Path) -> None:
    script = (
        "import sys\nfrom click.testing import CliRunner\nfrom onrecord.cli import main\n"
        f"for args in (['--help'], ['status', '-r', {str(demo)!r}]):\n"
        "    done = CliRunner().invoke(main, args)\n    assert done.exit_code == 0, done.output\n"
        "assert not {'spacy', 'onnxruntime', 'trafilatura'} & set(sys.modules), 'a model or reader was loaded'\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_standard_input_and_what_is_said_of_it(tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    text = "The Ferry Crews' Union and the Strait Ferry Operators' Association met on Monday."
    done = CliRunner().invoke(
        main, ["read", "-", "--date", "2024-06-05", "--outlet", "Quay News", "-r", str(record)], input=text
    )
    assert done.exit_code == 0, done.output
    [row] = json.loads(run("sources", "--documents", "-r", record, "--json").output)
    assert (row["published"], row["known_from"], row["outlet"]) == ("2024-06-05", "given", "Quay News")


def test_an_empty_record_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    done = run("read", tmp_path / "empty.txt", "-r", tmp_path / "r.db", code=3)
    assert "empty" in done.stderr


def test_no_colour_in_a_pipe(demo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "status", "-r", str(demo)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
