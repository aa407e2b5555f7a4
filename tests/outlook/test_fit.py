import csv
import json
from datetime import date, timedelta

import numpy as np
import pytest

from onrecord import outlook
from onrecord.model import OnrecordError
from onrecord.outlook.fit import fit_to, main
from onrecord.outlook.holidays import is_holiday
from onrecord.outlook.strikes import known_by, read_strikes

HEADER = ["employer", "union", "union_family", "industry_group", "workers", "start", "end", "duration_days"]
HEADER += ["censor_date"]


def table(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows)


def row(employer, start, days, *, union="Local 1", still_out=""):
    begun = date.fromisoformat(start)
    end = (begun + timedelta(days=days)).isoformat() if days is not None else ""
    return [employer, union, "OTHER", "health", "120", start, end, days, still_out]


def test_rows_that_say_nothing_of_a_hazard_are_left_out(tmp_path):
    rows = [
        row("A", "2022-01-10", 5),
        row("B", "2022-01-10", 0, union="Local 2"),  # ended the day it began
        row("C", "2022-01-10", -3, union="Local 3"),
        row("D", "2022-01-10", None, union="Local 4", still_out="2024-01-10"),  # never closed: unknown
        row("E", "2023-12-10", None, union="Local 5", still_out="2024-01-10"),  # still out
    ]
    table(tmp_path / "lat_strikes_x.csv", rows)
    found = read_strikes(tmp_path)
    assert [(s.last, s.ended) for s in found] == [(5, True), (31, False)]


def test_rows_of_one_dispute_share_a_cluster(tmp_path):
    rows = [row("A", "2022-01-10", 5), row("a.", "2022-01-10", 7, union="Local 2"), row("B", "2022-02-10", 7)]
    table(tmp_path / "fmcs_x.csv", rows)
    first, second, third = read_strikes(tmp_path)
    assert first.cluster == second.cluster != third.cluster


def test_a_backtest_knows_nothing_after_its_day(tmp_path):
    table(tmp_path / "fmcs_x.csv", [row("A", "2022-01-10", 50), row("B", "2022-03-01", 5)])
    (known,) = known_by(read_strikes(tmp_path), date(2022, 1, 20))
    assert (known.last, known.ended) == (10, False)


def test_a_folder_without_tables_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(OnrecordError, match="name the folder"):
        read_strikes(tmp_path)


def test_the_command_writes_a_file_that_follows_the_data(tmp_path):
    random = np.random.default_rng(1)
    begun = date(2021, 1, 4)
    rows = [
        row(f"E{n}", (begun + timedelta(days=n)).isoformat(), int(days), union=f"Local {n}")
        for n, days in enumerate(random.geometric(0.05, size=300))
    ]
    table(tmp_path / "lat_strikes_x.csv", rows)
    out = tmp_path / "hazard.json"
    main([str(tmp_path), "--out", str(out), "--draws", "2"])
    held = json.loads(out.read_text("utf-8"))
    assert held["strikes"] == 300
    assert held["ends"] == 300
    assert len(held["bootstrap"]) == 2
    assert len(held["theta"]) == len(held["columns"])
    assert held["at_risk"][0] == 300
    again = tmp_path / "again.json"
    main([str(tmp_path), "--out", str(again), "--draws", "2"])
    assert again.read_text("utf-8") == out.read_text("utf-8")


@pytest.mark.parametrize(
    ("day", "kept"),
    [("2023-07-04", True), ("2023-09-04", True), ("2023-11-23", True), ("2023-11-24", True), ("2023-05-29", True),
     ("2023-07-05", False), ("2023-09-11", False)],
)  # fmt: skip
def test_holidays(day, kept):
    assert is_holiday(date.fromisoformat(day)) is kept


def own(tmp_path, rows, header=("start", "end")):
    path = tmp_path / "mine.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def test_a_table_of_ones_own_with_two_columns_is_enough(tmp_path):
    random = np.random.default_rng(2)
    rows = []
    for n, days in enumerate(random.geometric(0.05, size=150)):
        begun = date(2021, 1, 4) + timedelta(days=n)
        rows.append((begun.isoformat(), (begun + timedelta(days=int(days))).isoformat()))
    out = tmp_path / "own.json"
    held = fit_to(own(tmp_path, rows), out=out, draws=4, fitted=date(2024, 1, 1))
    assert held["sources"] == [{"name": "mine.csv", "from": "the user's own table", "terms": "the user's to know"}]
    fitted = outlook.read_parameters(out.read_text("utf-8"))
    chance = outlook.forecast(elapsed=10, as_of=date(2022, 6, 1), horizons=(1,), fitted=fitted).chances[0]
    assert 0.02 < chance.chance < 0.10  # the days were drawn with a daily chance of .05
    assert chance.low < chance.chance < chance.high


@pytest.mark.parametrize(
    ("rows", "header", "message"),
    [
        ([("2024-01-01",)], ("start",), "no column 'end'"),
        ([("01/02/2024", "")], ("start", "end"), "line 2: '01/02/2024' is no day"),
        ([("2024-01-01", "2024-01-09", "many")], ("start", "end", "workers"), "no number of workers"),
        ([("2024-01-01", "2024-01-09")], ("start", "end"), "too few to fit on"),
    ],
)
def test_a_table_that_cannot_be_fitted_is_refused_with_a_sentence(tmp_path, rows, header, message):
    with pytest.raises(OnrecordError, match=message):
        fit_to(own(tmp_path, rows, header), out=tmp_path / "own.json", draws=2, fitted=date(2024, 1, 1))


def test_a_file_that_is_no_fit_is_refused_with_a_sentence():
    for text in ("", "[]", '{"knots": []}'):
        with pytest.raises(OnrecordError, match="onrecord outlook fit"):
            outlook.read_parameters(text)


def test_a_backtest_knows_a_strike_and_its_end_only_once_they_were_posted(tmp_path):
    table(tmp_path / "lat_strikes_x.csv", [row("A", "2022-01-10", 5)])
    lines = ["employer_lc,start,city_lc,first_seen,first_end_seen,first_end,last_end,n_end_changes,last_seen"]
    lines += ["a,2022-01-10,,2022-01-12,2022-01-30,2022-01-15,2022-01-15,0,2022-02-01"]
    (tmp_path / "lat_asof_end_posted.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    strikes = read_strikes(tmp_path)
    assert known_by(strikes, date(2022, 1, 11)) == []
    (unended,) = known_by(strikes, date(2022, 1, 20))
    assert (unended.last, unended.ended) == (2, False)  # known to be out when it was first told
    assert [(s.last, s.ended) for s in known_by(strikes, date(2022, 1, 30))] == [(5, True)]
