"""HTML of other tools is made plain or rebuilt; nothing that runs passes."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithkin.questionnaire.formats.wording import LONGEST, plainly, rebuilt, removed

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href=' https://x\"onclick=alert(1)'>x</a>",
    "<iframe src=https://evil></iframe>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action=https://evil><input name=a><button>go</button></form>",
    "<b style='background:url(javascript:alert(1))'>x</b>",
    "<<script>script>alert(1)<</script>/script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
TAG = re.compile(
    r"</?(?:p|ul|ol|li|h[1-6]|blockquote|pre|strong|em|b|i|u|s|sub|sup|code|table|thead|tbody|tr|td|th|br|hr)>"
    r'|<a href="(?:https?://|mailto:)[^\s<>"\'`\\]+">|</a>|<img src="https?://[^\s<>"\'`\\]+" alt="[^"<>]*">'
)


def is_harmless(html):
    return "<" not in TAG.sub("", html) and ">" not in TAG.sub("", html).replace("&gt;", "")


@pytest.mark.parametrize("html", ATTACKS)
def test_attack_is_rebuilt_without_what_runs(html):
    assert is_harmless(rebuilt(html)), rebuilt(html)


@given(
    st.lists(
        st.one_of(st.sampled_from([*ATTACKS, "<b>", "</b>", "<p", "<a href=", '"', "'", "<!--"]), st.text(max_size=8))
    )
)
def test_whatever_is_put_together_is_rebuilt_without_what_runs(parts):
    assert is_harmless(rebuilt("".join(parts)))


@given(st.text(alphabet="ab<>/& \n\"'=!-"))
def test_rebuilding_what_was_rebuilt_changes_nothing(text):
    once = rebuilt(text)
    assert rebuilt(once) == once


def test_formatting_links_and_pictures_stay():
    html = '<p>See <a href="https://example.org/?a=1&amp;b=2">it</a><br><img src="https://example.org/a" alt="A"></p>'
    assert rebuilt(html) == html


def test_what_was_left_open_is_closed():
    assert rebuilt("<p>a <b>b") == "<p>a <b>b</b></p>"


def test_plain_text_has_lines_where_blocks_end():
    assert (
        plainly("<div>How&nbsp;likely<br>is it?</div><ul><li>one</li><li>two</li></ul>")
        == "How likely\nis it?\n\none\n\ntwo"
    )


def test_text_without_markup_stays_as_it_is():
    assert plainly("  a  b  ") == "a  b"


@pytest.mark.parametrize("address", [" JavaScript:x()", "vbscript:x", "DATA:text/html,x"])
def test_addresses_that_run_are_named_however_they_are_written(address):
    assert removed(f'<a href="{address}">c</a>') == ["addresses that run or embed something"]


def test_what_was_left_out_is_named():
    assert removed("<b onclick=x()>a</b><script>x</script><a href=javascript:x()>c</a>") == [
        "what happens on events", "<script>", "addresses that run or embed something",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "part",
    ["<", "<a ", "<!--", "&", "<a href='", "</", "<a x=", "<!", "<?", "<![CDATA[", "<a b='c' ", "<b>", "<script>",
     "<a/", "<script></", "<svg><script><", "<p><b><i>", "<a '\"", "&#9"],
)  # fmt: skip
def test_text_that_is_made_to_take_long_takes_no_longer_than_another(part):
    text = part * (LONGEST // len(part))
    begun = time.process_time()
    assert is_harmless(rebuilt(text))
    assert len(plainly(text)) <= LONGEST
    assert time.process_time() - begun < 3


def test_reference_to_a_number_without_end_is_left_out():
    assert plainly("a&#" + "9" * 5000 + ";b") == "ab"


def test_comments_are_left_out_and_one_without_end_takes_the_rest():
    assert plainly("a<!-- <b>x</b> -->b<!-- c <p>d</p>") == "ab"
