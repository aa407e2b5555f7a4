"""In a real Chromium: by mouse, by keyboard, without script, on a phone, in print, for a screen reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

PAGES = ("", "timeline", "ahead", "claims", "statements", "sources", "parties", "effects", "outlook", "documents")
Tab = Callable[..., Any]


def test_from_the_front_page_to_the_evidence(served: str, tab: Tab) -> None:
    page = tab()
    page.goto(served)
    page.locator(".lead .ref").first.click()
    assert re.search(r"/documents/\d+#s\d+$", page.url)
    target = page.locator(".sentence:target")
    assert target.is_visible()
    assert target.inner_text().strip()


def test_pointing_at_a_note_lights_its_words(served: str, tab: Tab) -> None:
    page = tab()
    page.goto(f"{served}/documents/1")
    page.locator(".note.statement").first.hover()
    assert page.locator(".m.lit").count() > 0
    page.mouse.move(0, 0)
    assert page.locator(".m.lit").count() == 0


def test_the_keyboard_reaches_everything(served: str, tab: Tab) -> None:
    page = tab()
    page.goto(served)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "ref"
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")


def test_search_finds_a_sentence(served: str, tab: Tab) -> None:
    page = tab()
    page.goto(served)
    page.fill("#q", "ferry")
    page.keyboard.press("Enter")
    page.locator("main .ref").first.click()
    assert "ferry" in page.locator(".sentence:target").inner_text().lower()


def test_without_script_all_can_be_read_and_filtered(served: str, tab: Tab) -> None:
    page = tab(java_script_enabled=False)
    page.goto(served)
    page.get_by_role("link", name="Timeline").click()
    page.get_by_label("Record").select_option("established")
    page.get_by_role("button", name="Show").click()
    assert page.locator("li.established").count() > 0
    assert page.locator("li.reported").count() == 0


@pytest.mark.parametrize("size", [{"width": 360, "height": 740}, {"width": 1280, "height": 900}])
def test_no_page_is_wider_than_its_screen(served: str, tab: Tab, size: dict[str, int]) -> None:
    page = tab(viewport=size)
    page.goto(served)
    home = page.url
    for address in (*(f"{home}/{p}".rstrip("/") for p in PAGES), f"{served}/documents/1", f"{served}/problems"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_finding_of_accessibility(served: str, tab: Tab, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = tab(color_scheme=scheme, bypass_csp=True)
    page.goto(served)
    home = page.url
    for address in (
        *(f"{home}/{p}".rstrip("/") for p in PAGES),
        f"{served}/documents/1",
        f"{served}/search?q=union",
    ):
        page.goto(address)
        found = [
            f"{address}: {v['id']}: {v['nodes'][0]['html'][:120]}"
            for v in axe.run(page).response["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert not found


def test_print_leaves_out_what_only_a_screen_needs(served: str, tab: Tab) -> None:
    page = tab()
    page.goto(served)
    page.emulate_media(media="print")
    assert not page.locator(".rooms").is_visible()
    assert not page.locator(".search").is_visible()
    assert page.locator(".lead").is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_a_newcomer_corrects_what_the_front_page_rests_on_and_takes_it_back(served: str, tab: Tab) -> None:
    page = tab()
    page.goto(served)
    front, before = page.url, page.locator(".lead").inner_text()
    page.locator(".lead .ref").first.click()
    number = page.locator(".sentence:target").get_attribute("id")
    page.locator(f"#{number} .m.event").first.click()  # leads to the note on it
    page.locator(".note:target .correct").click()
    page.get_by_label("Your name").fill("Ann Lee")
    page.get_by_label("Why").fill("only a plan")
    page.get_by_role("button", name="There is no such event").click()
    assert "only a plan" in page.locator("main").inner_text()
    corrected = page.url
    page.goto(front)
    assert page.locator(".lead").inner_text() != before
    page.goto(corrected)
    page.get_by_role("button", name="Take judgement 1 back").click()
    page.goto(front)
    assert page.locator(".lead").inner_text() == before


def test_the_queue_goes_by_keyboard(served: str, tab: Tab) -> None:
    page = tab()
    page.goto(served)
    page.get_by_role("link", name="To be looked at").click()
    waiting = page.locator(".queue li").count()
    page.keyboard.press("n")
    page.wait_for_url("**/correct/**")
    page.get_by_label("Your name").fill("Ann Lee")
    page.get_by_role("heading").first.click()
    page.keyboard.press("a")
    page.locator("h2", has_text="What was ruled").wait_for()
    page.goto(served)
    page.get_by_role("link", name="To be looked at").click()
    assert page.locator(".queue li").count() == waiting - 1


def test_two_coders_in_two_browsers_see_each_others_rulings(served: str, tab: Tab) -> None:
    ann, bo = tab(), tab()
    ann.goto(f"{served}/documents/1")
    ann.locator(".note.event .correct").first.click()
    bo.goto(ann.url)
    for page, name in ((ann, "Ann"), (bo, "Bo")):
        page.get_by_label("Your name").fill(name)
        page.get_by_role("button", name="It is right").click()
    assert "ruled on this in the meantime" in bo.locator("main").inner_text()
    bo.go_back()
    bo.reload()
    assert "Ann" in bo.locator("main").inner_text()
