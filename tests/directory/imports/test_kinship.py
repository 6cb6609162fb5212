"""A file ties people to one another: a patient, the family and whoever pays."""

from __future__ import annotations

from datetime import date

import pytest

from kithkin.directory.imports.people.fields import people_fields
from kithkin.directory.models import Account, Person, Tie
from kithkin.platform.imports.guessing import guess
from kithkin.platform.models import ImportRow
from tests.cast import make_kith
from tests.directory.imports.files import bring, check, counts, refused, run, undo, upload

WARD = """Number,Name,E-Mail,Tied to,Tied as
F-1,Mia Berg,mia@x.example,P-1,family
Z-1,Kasse Nord,,pat@x.example,payer
P-1,Pat Berg,pat@x.example,,
F-2,Max Berg,,P-1,Familie
"""
"""The patient stands below two of those who are tied to her."""
REST = "The rest of the line comes in: mend this and send the line again."


def ties() -> set[tuple[str, str, str]]:
    return set(Tie.objects.filter(other__isnull=False).values_list("person__name", "kind", "other__name"))


@pytest.fixture(autouse=True)
def small_chunks(settings):
    settings.IMPORT_CHUNK_LINES = 2


@pytest.mark.parametrize("turned", [False, True])
def test_patient_family_and_payer_come_in_linked_in_whatever_order_they_stand(cast, turned):
    header, *lines = WARD.splitlines()
    one = bring(cast.alice, "\n".join([header, *(reversed(lines) if turned else lines)]))
    assert counts(one) == {"created": 4}
    assert ties() == {
        ("Mia Berg", "family", "Pat Berg"),
        ("Max Berg", "family", "Pat Berg"),
        ("Kasse Nord", "payer", "Pat Berg"),
    }


def test_the_dry_run_counts_the_ties_and_refuses_none_of_them(cast):
    one = check(upload(cast.alice, WARD))
    assert (counts(one, "check"), one.counts["check"]["rows"]["directory.tie"]) == ({"created": 4}, {"created": 3})
    assert Tie.objects.count() == 0


def test_the_same_file_again_ties_nobody_twice(cast):
    bring(cast.alice, WARD)
    before = list(Tie.objects.order_by("pk").values())
    one = bring(cast.alice, WARD)
    assert (counts(one), one.counts["run"]["linked"]) == ({"unchanged": 4}, 0)
    assert list(Tie.objects.order_by("pk").values()) == before


def test_a_file_that_only_adds_ties_says_how_many_lines_do(cast, visit):
    bring(cast.alice, "\n".join(line.rsplit(",", 2)[0] for line in WARD.splitlines()))
    one = check(upload(cast.alice, WARD))
    assert "3 lines can come in, none is refused" in visit("alice").get(f"/settings/imports/{one.pk}/").content.decode()
    run(one)
    assert len(ties()) == 3


def test_a_tie_that_ended_is_not_begun_again_by_an_old_file(cast):
    bring(cast.alice, WARD)
    Tie.objects.filter(kind="payer").update(until=date(2024, 1, 1))
    assert counts(bring(cast.alice, WARD)) == {"unchanged": 4}
    assert Tie.objects.get(kind="payer").until == date(2024, 1, 1)


def test_two_people_may_be_family_of_one_another(cast):
    bring(cast.alice, "number,name,tied to,tied as\nA,Ada,B,family\nB,Bo,A,family\n")
    assert ties() == {("Ada", "family", "Bo"), ("Bo", "family", "Ada")}


def test_one_line_ties_somebody_to_several_in_one_way_or_each_in_its_own(cast):
    make_kith("Kim", external_id="K")
    make_kith("Lee", external_id="L")
    bring(cast.alice, "number,name,tied to,tied as\nA,Ada,K; L,payer\nB,Bo,K;lee@customer.example,family; user\n")
    assert ties() == {
        ("Ada", "payer", "Kim"),
        ("Ada", "payer", "Lee"),
        ("Bo", "family", "Kim"),
        ("Bo", "user", "Lee"),
    }


def test_who_is_tied_to_somebody_is_kith(cast):
    kim = make_kith("Kim", external_id="K")
    bring(cast.alice, "number,name,side,tied to,tied as\nA,Ada,kin,K,family\nB,Bo,,K,payer\n")
    people = Person.objects.filter(ties__other=kim).order_by("name").values_list("name", "is_kith", "is_kin")
    assert list(people) == [("Ada", True, True), ("Bo", True, False)]


def test_a_number_of_somebody_merged_ties_to_who_they_became(cast):
    kept, gone = make_kith("Kim", external_id="K-1"), make_kith("Kim B", external_id="K-2")
    gone.merged_into = kept
    gone.save()
    bring(cast.alice, "number,name,tied to,tied as\nA,Ada,K-2,family\n")
    assert ties() == {("Ada", "family", "Kim")}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("A,Ada,,X-9,family", "There is nobody with this number or e-mail address, here or in the file."),
        ("A,Ada,,no@x.example,family", "There is nobody with this number or e-mail address, here or in the file."),
        ("A,Ada,,A,family", "Nobody is tied to themselves."),
        ("A,Ada,a@x.example,A@x.example,family", "Nobody is tied to themselves."),
        ("A,Ada,,K; L; X-9,family", "There is nobody with this number or e-mail address, here or in the file."),
        ("A,Ada,,K,", "How they are tied to the person is not said."),
        ("A,Ada,,K; L,family; payer; user", "There are 3 kinds for 2 people."),
        ("A,Ada,,two@x.example,family", "2 people could be meant."),
        ("A,Ada,,B,family\nB,Bo,not an address,,", "Line 3, which brings them, is refused."),
    ],
)
def test_a_tie_to_nobody_is_refused_and_the_person_comes_in_without_it(cast, line, reason):
    for number, email in (("K", ""), ("L", ""), ("T-1", "two@x.example"), ("T-2", "two@x.example")):
        Person.objects.create(name=number, external_id=number, email=email, is_kith=True)
    one = check(upload(cast.alice, f"number,name,email,tied to,tied as\n{line}\n"))
    said = [problem for number, _column, problem in refused(one) if number == 2]
    assert said == [reason]
    one = run(one)
    assert [problem for number, _column, problem in refused(one) if number == 2] == said
    assert (one.counts["run"]["created"], ties()) == (1, set())
    row = ImportRow.objects.get(of=one, number=2, action="refused")
    assert row.problems[0][3].endswith(REST)


def test_an_unknown_kind_of_tie_refuses_the_line(cast):
    make_kith("Kim", external_id="K")
    one = check(upload(cast.alice, "number,name,tied to,tied as\nA,Ada,K,second cousin\n"))
    assert refused(one) == [(2, "tied as", "This is not one of the choices.")]


def test_the_file_of_refused_ties_comes_back_and_ties(cast, visit):
    one = bring(cast.alice, "number,name,tied to,tied as\nA,Ada,X-9,family\n")
    text = b"".join(visit("alice").get(f"/settings/imports/{one.pk}/refused.csv")).decode("utf-8-sig")
    make_kith("Kim", external_id="K")
    one = bring(cast.alice, text.replace("X-9", "K"))
    assert (counts(one), ties()) == ({"unchanged": 1}, {("Ada", "family", "Kim")})


def test_family_of_an_account_is_refused(cast):
    Account.objects.create(name="Acme", number="C-1")
    one = check(upload(cast.alice, "number,name,account,tie\nA,Ada,Acme,family\n"))
    assert refused(one) == [(2, "tie", "Family is tied to a person, not to an account.")]


def test_ties_go_with_their_import(cast):
    one = undo(bring(cast.alice, WARD))
    assert one.counts["undo"] == {"undone": 4, "kept": 0}
    assert (Tie.objects.count(), Person.objects.filter(is_kith=True).count()) == (0, 0)


def test_a_tie_that_was_changed_since_stays_with_both_its_ends(cast):
    """So does what stands with the later of the two lines, which stays as a whole: Mia's tie. Max goes with his."""
    one = bring(cast.alice, WARD)
    tie = Tie.objects.get(kind="payer")
    tie.until = date(2030, 1, 1)
    tie.save()
    one = undo(one)
    assert ties() == {("Kasse Nord", "payer", "Pat Berg"), ("Mia Berg", "family", "Pat Berg")}
    people = set(Person.objects.filter(is_kith=True).values_list("name", flat=True))
    assert people == {"Kasse Nord", "Mia Berg", "Pat Berg"}
    rows = ImportRow.objects.filter(of=one, action="kept").exclude(problems=[]).order_by("number")
    assert [(row.number, row.problems[0][2]) for row in rows] == [
        (2, "“Mia Berg” has been given more since: tie."),
        (3, "“Kasse Nord” has been given more since: tie."),
        (4, "“pays” was changed since."),
    ]


def test_ties_from_a_file_stand_on_both_pages_and_in_the_api(cast, visit):
    bring(cast.alice, WARD)
    alice = visit("alice")
    pat, payer = Person.objects.get(external_id="P-1"), Person.objects.get(external_id="Z-1")
    page = " ".join(alice.get(f"/people/{pat.pk}/").content.decode().split())
    assert f'<a href="/people/{payer.pk}/">Kasse Nord</a> pays for them' in page
    page = " ".join(alice.get(f"/people/{payer.pk}/").content.decode().split())
    assert f'pays for <a href="/people/{pat.pk}/">Pat Berg</a>' in page
    rows = alice.get(f"/api/v1/people/{payer.pk}/ties").json()["items"]
    assert [(row["kind"], row["to"], row["other"]["name"]) for row in rows] == [("payer", "person", "Pat Berg")]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (["Number", "Name", "Tied to", "Tied as"], ["number", "name", "tied_to", "tied_as"]),
        (["Nummer", "Name", "Gehört zu", "Verbunden als"], ["number", "name", "tied_to", "tied_as"]),
    ],
)
def test_the_columns_of_ties_are_guessed(cast, columns, expected):
    assert list(guess(columns, {}, people_fields(cast.alice)).values()) == expected
