"""The watch over every browser test: it sees what goes wrong, and fails the test."""

from types import SimpleNamespace

import pytest

from tests.browser.conftest import pytest_pyfunc_call

STRICT = "default-src 'self'; script-src 'self' 'nonce-abc'; style-src 'self' 'nonce-abc'"
INLINE = '<p style="color: red">Red</p>'


def show(page, body: str, *, status: int = 200, policy: str = STRICT) -> None:
    """Open a made-up page of the site."""
    headers = {"Content-Security-Policy": policy, "Content-Type": "text/html"}
    page.route(
        "**/made-up/",
        lambda route: route.fulfill(
            status=status, headers=headers, body=f"<!doctype html><html lang=en>{body}"
        ),
    )
    page.goto("/made-up/")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (INLINE, "content policy: style-src"),
        ("<script>document.title = 'x'</script>", "content policy: script-src"),
        ("<button onclick='x()'>Press</button>", "content policy: script-src"),
        ("<img src='data:,x' alt=''>", "content policy: img-src"),
        ("<script nonce=abc>eval('1')</script>", "content policy: script-src"),
        ("<script nonce=abc>console.error('It broke')</script>", "console: It broke"),
        ("<script nonce=abc>throw new Error('Nobody caught me')</script>", "Nobody caught me"),
        (
            "<script nonce=abc>Promise.reject(new Error('Nor did I'))</script>",
            "Nor did I",
        ),
    ],
    ids=lambda value: value[:40],
)
def test_what_goes_wrong_on_a_page_is_remembered(phone, watched, body, words):
    show(phone, body)

    surprises = watched.surprises()
    watched.wrong.clear()

    assert any(words in said for said in surprises), surprises


def test_an_error_of_the_server_is_remembered(phone, watched):
    show(phone, "<p>Sorry</p>", status=503)

    surprises = watched.surprises()
    watched.wrong.clear()

    assert any(said.startswith("503: GET ") for said in surprises)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_second_window_and_one_without_scripts_are_watched_too(
    open_browser, phone, watched, javascript
):
    show(open_browser(java_script_enabled=javascript), INLINE)

    surprises = watched.surprises()
    watched.wrong.clear()

    assert any("style" in said for said in surprises)


def test_the_test_of_such_a_page_fails(phone, watched):
    item = SimpleNamespace(funcargs={"watched": watched})
    call = pytest_pyfunc_call(item)
    next(call)
    show(phone, INLINE)

    with pytest.raises(AssertionError, match=r"in the browser:\n[\s\S]*style-src"):
        call.send(True)
    watched.wrong.clear()


def test_a_page_as_it_should_be_is_no_surprise(phone, watched, transactional_db):
    show(phone, "<p>Hello</p><script nonce=abc>document.title = 'x'</script>")
    phone.goto("/help/")
    phone.goto("/nothing-is-here/")

    assert phone.title()
    assert watched.wrong == []


def test_what_a_test_provokes_can_be_said_and_nothing_else_passes(phone, watched):
    watched.expect("It broke")
    show(phone, "<script nonce=abc>console.error('It broke'); console.error('No')</script>")

    surprises = watched.surprises()
    watched.wrong.clear()

    assert len(surprises) == 1
    assert "console: No" in surprises[0]
