"""Draws the README's pictures anew: the report of a simulated company's weak link, as a reader sees it.

Run by `make screenshots`. Needs Debian's Chromium: apt-get install chromium.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from kithkin.cli import report
from kithkin.cli.demo.company import write_files
from kithkin.cli.weak_link import measure as weak_link
from kithkin.demo import simulate

IMAGES = Path(__file__).parent / "images"
LARGEST = 300_000
CALM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
DRAWN = "document.querySelectorAll('[data-chart]').length === document.querySelectorAll('.drawn .live svg').length"


def main() -> int:
    """Make the company and its report, open it three ways, and keep what is seen."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("There is no Chromium here: apt-get install chromium", file=sys.stderr)
        return 1
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = made_in(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=CALM)
        picture(browser, page, "weak-link", width=1280, cards=1, scheme="light")
        picture(browser, page, "weak-link-dark", width=1280, cards=1, scheme="dark")
        picture(browser, page, "weak-link-phone", width=390, cards=1, scheme="light")
        browser.close()
    return 0


def made_in(folder: Path) -> Path:
    """The report of the simulated company's weak link, as `kithkin analyze weak-link --html` writes it."""
    write_files(simulate(seed=0), folder)
    links, outcomes, services = (folder / f"{name}.csv" for name in ("links", "outcomes", "service_map"))
    answer = weak_link.measure(links, outcomes, services, lag=1, seed=0)
    report.write(folder / "report.html", answer.page())
    return folder / "report.html"


def picture(browser: Browser, path: Path, name: str, *, width: int, cards: int, scheme: str) -> None:
    """The page from its head to the end of so many cards."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(path.as_uri())
    while not page.evaluate(DRAWN):
        page.wait_for_timeout(20)
    target = IMAGES / f"{name}.png"
    page.screenshot(path=target, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": end_of(page, cards)})
    context.close()
    size = target.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{target}: {size:,} bytes, more than the {LARGEST:,} that a README should load.")
    print(f"{target.relative_to(Path.cwd()) if target.is_relative_to(Path.cwd()) else target}: {size:,} bytes")


def end_of(page: Page, cards: int) -> float:
    """Where the last of so many cards ends, with a margin."""
    box = page.locator(".card").nth(cards - 1).bounding_box()
    assert box is not None
    return box["y"] + box["height"] + 24


if __name__ == "__main__":
    sys.exit(main())
