"""The report in a real browser: it draws, it stays at home, it adapts, and data cannot break out."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.cli import report_cases

from kithkin.cli import report

pytestmark = pytest.mark.chromium
A4_BETWEEN_MARGINS = 680  # pixels of 1/96 inch: 180 mm
DRAWN = "document.querySelectorAll('[data-chart]').length === document.querySelectorAll('.drawn .live svg').length"


def until(page: Page, expression: str) -> None:
    """Wait until it holds; the page's policy forbids the browser's own waiting, which evaluates text."""
    for _ in range(500):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {expression}")


@dataclass
class Reader:
    """Somebody with a browser, what it complained about and what it asked the network for."""

    browser: Browser
    files: dict[str, Path]
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def opens(self, name: str, *, width: int = 1280, **context: Any) -> Page:
        """The page with that name, once its charts stand."""
        own = self.browser.new_context(viewport={"width": width, "height": 900}, **context)
        page = own.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(self.files[name].as_uri())
        if context.get("java_script_enabled", True):
            until(page, DRAWN)
        return page


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every report as a file."""
    folder = tmp_path_factory.mktemp("reports")
    made = {name: folder / f"{name}.html" for name in [*report_cases.PAGES, *report_cases.FURTHER]}
    for name, path in made.items():
        report.write(path, (report_cases.PAGES | report_cases.FURTHER)[name]())
    return made


@pytest.fixture
def reader(chromium: Browser, files: dict[str, Path]) -> Iterator[Reader]:
    """A reader with no window open."""
    yield Reader(chromium, files)
    for context in chromium.contexts:
        context.close()


def colours(page: Page) -> set[str]:
    return set(
        page.eval_on_selector_all(
            ".live svg [fill], .live svg [stroke]",
            "all => all.flatMap(one => [one.getAttribute('fill'), one.getAttribute('stroke')])",
        )
    )


@pytest.mark.parametrize("name", report_cases.PAGES)
def test_every_chart_is_drawn_without_a_complaint_and_without_the_network(reader: Reader, name: str) -> None:
    page = reader.opens(name)
    pictures = sum(section.picture is not None for section in report_cases.PAGES[name]().sections)
    assert page.locator(".drawn .live svg").count() == pictures > 1
    marks = page.locator(".live svg").evaluate_all("all => all.map(svg => svg.querySelectorAll('path').length)")
    assert min(marks) > 3
    assert reader.complaints == []
    assert reader.requests == [reader.files[name].as_uri()]


def test_the_charts_take_the_colours_of_the_scheme_and_follow_when_it_changes(reader: Reader) -> None:
    page = reader.opens("scores", color_scheme="light")
    assert "#0f766e" in colours(page)
    assert "#56bcb0" not in colours(page)
    page.emulate_media(color_scheme="dark")
    until(page, "document.querySelector('.live svg [fill=\"#56bcb0\"]')")
    until(page, "!document.querySelector('.live svg [fill=\"#0f766e\"]')")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(21, 23, 27)"
    assert page.locator(".live svg").count() == page.locator("[data-chart]").count()


@pytest.mark.parametrize(
    ("name", "width"),
    [
        *((name, width) for name in [*report_cases.PAGES, *report_cases.FURTHER] for width in (1280, 390)),
        ("weak link", 740),
    ],
)
def test_nothing_is_wider_than_the_window_and_no_word_of_a_chart_is_cut(reader: Reader, name: str, width: int) -> None:
    page = reader.opens(name, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.live svg')].flatMap(svg => {
            const box = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].filter(text => {
                const own = text.getBoundingClientRect();
                const beside = own.left < box.left - 2 || own.right > box.right + 2;
                return own.width && (beside || own.bottom > box.bottom + 2);
            }).map(text => text.textContent);
        })"""
    )
    assert cut == []


def test_a_window_that_narrows_gets_the_narrow_form_without_loading_again(reader: Reader) -> None:
    page = reader.opens("scores")
    before = page.locator(".live svg").first.bounding_box()
    page.set_viewport_size({"width": 390, "height": 900})
    until(page, "document.querySelector('.live svg').getBoundingClientRect().width < 360")
    after = page.locator(".live svg").first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert reader.complaints == []


def test_a_picture_scrolls_only_while_it_is_wider_than_its_place_and_then_by_keys_too(reader: Reader) -> None:
    page = reader.opens("scores")
    box = page.locator(".live").first
    ways = "box => [getComputedStyle(box).overflowX, box.tabIndex]"
    assert box.evaluate(ways) == ["hidden", -1]
    box.locator("svg").evaluate("svg => { svg.style.width = '3000px'; }")
    until(page, "document.querySelector('.live').tabIndex === 0")
    assert box.evaluate(ways) == ["auto", 0]
    box.locator("svg").evaluate("svg => { svg.style.width = ''; }")
    until(page, "document.querySelector('.live').tabIndex === -1")
    assert box.evaluate(ways) == ["hidden", -1]


def test_on_a_phone_the_way_of_the_weak_link_stands_whole_with_its_touchpoints(reader: Reader) -> None:
    page = reader.opens("weak link", width=390)
    box = page.locator(".live").first
    seen = box.locator("text").all_text_contents()
    assert sorted(seen) == ["6.4 points", "Branches", "IT", "Purchase", "Visit"]
    assert box.evaluate("box => box.scrollWidth === box.clientWidth") is True
    assert box.evaluate("box => box.tabIndex") == -1
    size = box.bounding_box()
    assert size is not None
    assert size["height"] < 400


def test_a_long_page_lists_its_parts_and_a_keyboard_goes_there(reader: Reader) -> None:
    page = reader.opens("joint")
    listed = page.get_by_role("navigation").get_by_role("link")
    assert listed.all_inner_texts() == ["The weak link", "How requests flow", "How this was computed"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "How requests flow"
    page.keyboard.press("Enter")
    until(page, "scrollY > 500")
    target = page.evaluate("document.querySelector(location.hash).textContent")
    assert target == report_cases.flow().sections[0].heading
    assert reader.complaints == []


def test_folded_rows_open_by_keyboard_and_stand_on_paper(reader: Reader) -> None:
    page = reader.opens("busy flow")
    fold = page.locator("details").first
    rest = fold.locator("tbody tr")
    assert rest.count() == 5
    assert not rest.first.is_visible()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert rest.first.is_visible()
    page.keyboard.press("Enter")
    assert not rest.first.is_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rest.last.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert fold.get_attribute("open") is None


def test_labels_that_are_code_stay_words(reader: Reader) -> None:
    page = reader.opens("hostile")
    page.locator(".live svg").first.hover(position={"x": 300, "y": 20})
    page.wait_for_selector("#vg-tooltip-element.visible")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x], [onmouseover]").count() == 0
    assert page.locator("tbody th").nth(0).inner_text() == report_cases.HOSTILE[0]
    assert page.locator("tbody th").nth(1).inner_text() == report_cases.HOSTILE[1]
    assert page.locator("#vg-tooltip-element script, #vg-tooltip-element img").count() == 0
    assert reader.complaints == []
    assert reader.requests == [reader.files["hostile"].as_uri()]


def test_a_pointer_on_a_row_reads_its_figure_interval_and_n(reader: Reader) -> None:
    page = reader.opens("scores")
    page.locator(".live svg").first.hover(position={"x": 500, "y": 22})
    shown = page.wait_for_selector("#vg-tooltip-element.visible")
    assert shown is not None
    assert " ".join(shown.inner_text().split()) == "North & Harbour figure 45.0 with 29.3 to 58.0, n = 100"
    assert reader.complaints == []


def test_without_javascript_the_still_pictures_and_the_tables_stand(reader: Reader) -> None:
    page = reader.opens("weak link", java_script_enabled=False, color_scheme="light")
    stills = page.locator(".still img.on-light")
    assert stills.count() == 3
    for number in range(stills.count()):
        assert stills.nth(number).is_visible()
        box = stills.nth(number).bounding_box()
        assert box is not None
        assert box["height"] > 60
    assert not page.locator(".live").first.is_visible()
    assert page.get_by_role("table").count() == 3


def test_on_paper_stands_the_light_still_picture_and_no_other(reader: Reader) -> None:
    page = reader.opens("weak link", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".still img.on-light").first.is_visible()
    assert not page.locator(".still img.on-dark").first.is_visible()
    assert not page.locator(".live").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(29, 33, 38)"
    assert page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"


@pytest.mark.parametrize("name", ["weak link", "drivers", "busy flow", "scores"])
def test_no_table_is_wider_than_its_card_on_paper(reader: Reader, name: str) -> None:
    page = reader.opens(name, width=A4_BETWEEN_MARGINS)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    widths = page.eval_on_selector_all(".wide", "all => all.map(one => one.scrollWidth - one.clientWidth)")
    assert widths
    assert max(widths) <= 0


def test_the_file_cannot_call_out_even_if_something_in_it_tried(reader: Reader) -> None:
    page = reader.opens("scores")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        tried = page.evaluate(
            """async address => {
                const script = document.createElement('script');
                script.textContent = 'window.hacked = 1';
                document.body.append(script);
                const image = new Image();
                const loaded = new Promise(done => {
                    image.onload = () => done('loaded');
                    image.onerror = () => done('refused');
                });
                image.src = address + '/pixel.png';
                const sent = await fetch(address).then(() => 'sent', () => 'refused');
                return [sent, await loaded, window.hacked ?? 'not run'];
            }""",
            f"http://127.0.0.1:{listener.getsockname()[1]}",
        )
        assert tried == ["refused", "refused", "not run"]
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_keyboard_reaches_each_table_and_shows_where_it_is(reader: Reader) -> None:
    page = reader.opens("scores", width=390)
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.className")
    assert focused == "wide"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("ArrowRight")
    until(page, "document.activeElement.scrollLeft > 0")


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        *((name, "light") for name in [*report_cases.PAGES, "joint", "busy flow"]),
        ("weak link", "dark"),
        ("scores", "dark"),
    ],
)
def test_axe_finds_nothing_against_wcag_22_aa(reader: Reader, axe: str, name: str, scheme: str) -> None:
    page = reader.opens(name, color_scheme=scheme, bypass_csp=True)
    page.evaluate(axe)
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("rules => axe.run({runOnly: rules})", rules)
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert len(found["passes"]) > 10
