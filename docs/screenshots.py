"""Draws the pictures of the README and the documents anew, from the simulated company.

Run by `make screenshots`. Needs Debian's Chromium: apt-get install chromium.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from kithkin.cli import report
from kithkin.cli.demo.company import write_files
from kithkin.cli.weak_link import measure as weak_link
from kithkin.demo.company import simulate
from kithkin.demo.roster.staff import DOMAIN, PASSWORD

IMAGES = Path(__file__).parent / "images"
LARGEST = 300_000
PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"
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
    """Serve the company and analyse it, look at both, and keep what is seen."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("There is no Chromium here: apt-get install chromium", file=sys.stderr)
        return 1
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CALM)
        with served(Path(folder) / "served"):
            product(browser, "home", "/", who="program.manager", width=1280, height=1000)
            product(browser, "home-dark", "/", who="program.manager", width=1280, height=1000, scheme="dark")
            product(browser, "organisation", "/organisation/", who="department.head", width=1280, height=800)
            product(browser, "mine-phone", "/serve/mine/", who="department.head", width=390, height=844)
        page = made_in(Path(folder))
        picture(browser, page, "weak-link", width=1280, cards=1, scheme="light")
        picture(browser, page, "weak-link-dark", width=1280, cards=1, scheme="dark")
        picture(browser, page, "weak-link-phone", width=390, cards=1, scheme="light")
        browser.close()
    return 0


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """The product with the simulated company in it, as `make demo` serves it."""
    call = "import sys; from kithkin.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", call, "demo", str(folder), "--serve", "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        next(line for line in process.stdout if "Ctrl-C" in line)
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)


def product(
    browser: Browser, name: str, path: str, *, who: str, width: int, height: int, scheme: str = "light"
) -> None:
    """One page of the product, as somebody of its company sees it."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{ADDRESS}/log-in/login/")
    page.fill("[name=login]", f"{who}@{DOMAIN}")
    page.fill("[name=password]", PASSWORD)
    page.click("main form.form button.button")
    page.goto(f"{ADDRESS}{path}")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()
    weighed(IMAGES / f"{name}.png")


def made_in(folder: Path) -> Path:
    """The report of the simulated company's weak link, as `kithkin analyze weak-link --html` writes it."""
    write_files(simulate(seed=0), folder)
    links, outcomes, services = (folder / f"{name}.csv" for name in ("links", "outcomes", "service_map"))
    answer = weak_link.measure(links, outcomes, services, lag=1, seed=0)
    report.write(folder / "report.html", answer.page())
    return folder / "report.html"


def picture(browser: Browser, path: Path, name: str, *, width: int, cards: int, scheme: str) -> None:
    """The report from its head to the end of so many cards."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(path.as_uri())
    while not page.evaluate(DRAWN):
        page.wait_for_timeout(20)
    target = IMAGES / f"{name}.png"
    page.screenshot(path=target, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": end_of(page, cards)})
    context.close()
    weighed(target)


def weighed(target: Path) -> None:
    """Say how large the picture is, and stop where it is larger than a README should load."""
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
