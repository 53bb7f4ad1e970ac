"""The page that says who may do what, made from the table itself."""

from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from fans.people.matrix import as_markdown, matrix
from fans.people.models import Role
from fans.people.table import ACTIONS


def _row(label):
    return next(row for row in matrix()["rows"] if row.label == label)


def test_every_action_and_every_role_is_on_it():
    assert [row.label for row in matrix()["rows"]] == [a.label for a in ACTIONS.values()]
    assert len(matrix()["roles"]) == len(Role)


def test_a_role_is_told_where_it_may():
    cells = {cell.role: cell.where for cell in _row("Log what happened").cells}

    assert cells["Activity coordinator"] == "own home"
    assert cells["Community champion"] == "own area"
    assert cells["Researcher"] == ""


def test_what_anybody_may_stands_for_every_role():
    row = _row("See published places and groups")

    assert row.anybody
    assert all(cell.where == "yes" for cell in row.cells)


class _Cells(HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows = []

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append((tag, dict(attrs)))


def test_the_page_is_one_real_table_that_anybody_reads(client, db):
    response = client.get(reverse("people:table"))
    table = _Cells()
    table.feed(response.content.decode())

    assert response.status_code == 200
    assert {len(row) for row in table.rows} == {len(Role) + 2}
    assert all(row[0][1]["scope"] == "row" for row in table.rows[1:])


def test_the_page_of_the_docs_is_the_table_as_it_stands():
    page = Path(settings.BASE_DIR, "docs/permissions.md").read_text(encoding="utf-8")

    assert page == as_markdown(), "Run bin/manage write_permissions_page"


def test_the_page_of_the_docs_names_every_action_and_who_gives_roles(tmp_path):
    call_command("write_permissions_page", str(tmp_path / "page.md"))
    page = (tmp_path / "page.md").read_text(encoding="utf-8")

    assert all(action.label in page for action in ACTIONS.values())
    assert "| Facilitator | Home manager |" in page
    assert (
        "| Log what happened | Home manager (own home), Activity coordinator (own home)" in page
    )
    assert "- Volunteer lead" in page
