"""Two registrations of one home: one home, and its beds once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homes.models import Home, Registration, RegistrationQuestion
from homes.register_sync import import_homes
from homes.registers.dual import primaries
from homes.services import answer_question
from tests import factories
from tests.homes.register_files import hsca_rows, write_hsca_csv

DUAL, PRIMARY = "Location Dual Registered", "Primary ID (Dual registration locations)"
FIRST, SECOND = "1-7000000000", "1-7000000001"


@pytest.fixture
def register(tmp_path):
    """Write four homes, by row the cells that differ."""

    def write(changed: dict[int, dict[str, str]]) -> str:
        rows = list(hsca_rows(4))
        for at, row in enumerate(rows):
            row.update({"Care homes beds": str(10 + at)} | changed.get(at, {}))
        return str(write_hsca_csv(tmp_path / "hsca.csv", rows))

    return write


TWO_OF_ONE = {0: {DUAL: "Y", PRIMARY: FIRST}, 1: {DUAL: "Y", PRIMARY: FIRST}}


@pytest.mark.django_db
class TestImport:
    def test_makes_one_home_whose_beds_count_once(self, register):
        report = import_homes(register(TWO_OF_ONE))

        assert report.new == 4
        assert report.notes[:2] == [
            "3 care homes, 35 beds.",
            "1 is a second registration of a home whose beds count with its first.",
        ]
        assert Home.objects.count() == 3
        first, second = (Registration.objects.get(regulator_id=n) for n in (FIRST, SECOND))
        assert (second.home, second.dual_of, second.beds) == (first.home, first, None)
        assert Home.objects.with_beds().get(pk=first.home_id).beds == 10
        assert import_homes(register(TWO_OF_ONE)).same == 4

    def test_the_first_one_may_stand_below_the_second(self, register):
        import_homes(register({0: {DUAL: "Y", PRIMARY: SECOND}}))

        assert Registration.objects.get(regulator_id=FIRST).dual_of.regulator_id == SECOND

    def test_a_new_second_registration_joins_a_home_that_is_known(self, register, tmp_path):
        alone = write_hsca_csv(tmp_path / "one.csv", [*hsca_rows(1), *list(hsca_rows(4))[2:]])
        import_homes(str(alone))

        report = import_homes(register(TWO_OF_ONE), allow_vanished=True)

        assert (report.new, report.questions) == (1, 0)
        assert Registration.objects.get(regulator_id=SECOND).home.registrations.count() == 2

    def test_beds_come_back_where_it_stands_by_itself_again(self, register):
        import_homes(register(TWO_OF_ONE))

        report = import_homes(register({0: {DUAL: "N"}, 1: {DUAL: "N"}}))

        assert report.changed == 1
        second = Registration.objects.get(regulator_id=SECOND)
        assert (second.dual_of, second.beds) == (None, 11)

    def test_two_homes_that_were_known_are_asked_about_and_never_joined_by_itself(
        self, register, client
    ):
        import_homes(register({}))

        report = import_homes(register(TWO_OF_ONE))

        assert report.questions == 1
        assert Home.objects.count() == 4
        assert import_homes(register(TWO_OF_ONE)).questions == 0
        question = RegistrationQuestion.objects.get()
        assert question.is_dual
        client.force_login(factories.member("administrator"))
        page = client.get("/homes/questions/").content.decode()
        assert "one home here under two registrations" in page
        assert "No longer listed" not in page

        answer_question(question=question, same_home=True, by=factories.PersonFactory())

        home = Registration.objects.get(regulator_id=FIRST).home
        assert home.registrations.count() == 2
        assert Home.objects.with_beds().get(pk=home.pk).beds == 10
        assert import_homes(register(TWO_OF_ONE)).same == 4

    def test_one_that_names_nobody_stands_by_itself(self, register):
        import_homes(register({1: {DUAL: "Y", PRIMARY: "1-404"}}))

        assert Home.objects.count() == 4
        assert Registration.objects.get(regulator_id=SECOND).beds == 11


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.one_of(st.none(), st.sampled_from("abcdefxy")), max_size=6
    )
)
def test_whoever_names_whom_a_first_one_is_never_a_second(named):
    found = primaries(named)

    assert set(found) <= {number for number, primary in named.items() if primary}
    assert set(found.values()) <= set(named)
    assert not set(found.values()) & set(found)


def test_of_two_that_name_each_other_the_first_in_the_file_counts():
    assert primaries({"b": "a", "a": "b"}) == {"a": "b"}
