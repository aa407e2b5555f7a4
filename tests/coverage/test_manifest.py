"""The manifest."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.coverage import load
from onrecord.model import Given, OnrecordError


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "manifest.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_columns_in_any_order_and_case_and_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Outlet,DATE,Path,title\nCafé Post,2024-03-05,a.txt,Talks\n\nGazette,,sub/b.txt,\n"
    manifest = load(write(tmp_path, text, encoding))
    assert manifest.given_for(tmp_path / "a.txt", None) == Given(
        outlet="Café Post", date="2024-03-05", title="Talks"
    )
    assert manifest.given_for(tmp_path / "sub" / ".." / "sub" / "b.txt", None) == Given(outlet="Gazette")
    assert manifest.given_for(tmp_path / "c.txt", None) == Given()


def test_semicolons_and_absolute_paths(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "a.txt"
    manifest = load(write(tmp_path, f'path;name\n"{target}";first\n'))
    assert manifest.given_for(target, None).name == "first"


def test_a_path_is_found_however_the_folder_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = load(write(tmp_path, "path,outlet\na.txt,Post\n"))
    monkeypatch.chdir(tmp_path)
    assert manifest.given_for(Path("a.txt"), None).outlet == "Post"


def test_a_url_is_found_with_and_without_slash_and_scheme(tmp_path: Path) -> None:
    manifest = load(write(tmp_path, "url,outlet\nhttps://A.example/x/,Post\n"))
    assert manifest.given_for(None, "http://a.example/x#top").outlet == "Post"
    assert manifest.given_for(None, "http://a.example/X").outlet is None


def test_a_row_by_path_goes_before_a_row_by_url(tmp_path: Path) -> None:
    manifest = load(write(tmp_path, "path,url,outlet,date\na.txt,,Post,\n,https://a.example/x,Other,2024-01-01\n"))
    assert manifest.given_for(tmp_path / "a.txt", "https://a.example/x") == Given(
        outlet="Post", url="https://a.example/x", date="2024-01-01"
    )


def test_rows_whose_file_is_not_there_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "t.csv").write_text("text\na\n")
    path = tmp_path / "manifest.csv"
    path.write_text("path,url,outlet\na.txt,,A\nt.csv#L2,,B\ngone.txt,,C\n,https://a.example/x,D\n")
    assert [row.line for row in load(path).dangling()] == [4]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("path,outlt\na.txt,Post\n", "line 1", "'outlt'"),
        ("outlet,date\nPost,2024\n", "line 1", "path or url"),
        ("path,date\n,2024\n", "line 2", "neither path nor url"),
        ("path,date\na.txt,5 March, 2024\n", "line 2", "quotation marks"),
        ("path,path\na.txt,b.txt\n", "line 1", "twice"),
        ("path\na.txt\n./a.txt\n", "line 3", "line 2"),
        ("", "manifest.csv", "empty"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, text: str, line: str, says: str) -> None:
    with pytest.raises(OnrecordError) as error:
        load(write(tmp_path, text))
    assert "manifest.csv" in str(error.value)
    assert line in str(error.value)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_manifest_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="cannot be read"):
        load(tmp_path / "none.csv")
