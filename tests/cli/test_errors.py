"""Whatever is wrong with a file or a flag is said in one message, with status 2 and no traceback."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.cli.cases import csv, nps_rows
from tests.cli.running import analyze, process, refusal


def nps_of(file, column="score", *words):
    return refusal(analyze("scores", file, "--score", column, "--metric", "nps", *words))


@pytest.fixture
def survey(tmp_path):
    return csv(tmp_path / "survey.csv", "score,desk", nps_rows(6, 2, 2, "IT"))


def test_file_that_is_not_there(tmp_path):
    assert "there is no such file" in nps_of(tmp_path / "nowhere.csv").lower()


@pytest.mark.parametrize("address", ["http://example.org/a.csv", "HTTPS://example.org/a.csv", "s3://bucket/a.parquet"])
def test_address_in_place_of_a_file_is_to_be_downloaded_first(address):
    assert nps_of(address) == f"{address}: only files on this machine are read. Download it first."


def test_empty_file(tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    assert "empty" in nps_of(tmp_path / "empty.csv")


def test_file_with_a_header_only(tmp_path):
    assert "header.csv" in nps_of(csv(tmp_path / "header.csv", "score", []))


def test_binary_file(tmp_path):
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    assert "picture.csv" in nps_of(tmp_path / "picture.csv")


def test_directory_in_place_of_a_file(tmp_path):
    assert str(tmp_path) in nps_of(tmp_path)


def test_column_under_another_spelling_is_suggested(survey):
    assert nps_of(survey, "Score").endswith("survey.csv: no column 'Score'. Did you mean 'score'?")


@pytest.mark.parametrize("flag", ["--by", "--weight"])
def test_other_columns_are_suggested_too(survey, flag):
    assert "no column 'desc'. Did you mean 'desk'?" in nps_of(survey, "score", flag, "desc")


def test_text_in_a_number_column_is_counted_and_three_are_shown(tmp_path):
    file = csv(tmp_path / "t.csv", "score", ["9", "nine", "10", "ten", "eight", "seven"])
    assert (
        "column 'score' must hold numbers, but 4 values are no numbers: 'nine' (row 3), 'ten' (row 5), 'eight' (row 6)."
        in nps_of(file)
    )


def test_text_stays_an_error_under_valid(tmp_path):
    file = csv(tmp_path / "t.csv", "score", ["9", "nine", "10", "ten", "eight", "seven"])
    assert "4 values are no numbers" in nps_of(file, "score", "--valid", "0:10")


def test_one_word_for_no_answer_is_left_out_under_valid(tmp_path):
    file = csv(tmp_path / "t.csv", "score", ["9", "BLANK", "10", "BLANK", "3"])
    assert "2 values are no numbers" in nps_of(file)
    outcome = analyze("scores", file, "--score", "score", "--metric", "nps", "--valid", "0:10")
    assert outcome.status == 0
    assert "2 of 5 rows left out: 2 not a number in score (BLANK)." in outcome.out


def test_single_word_is_a_slip_and_not_a_code(tmp_path):
    file = csv(tmp_path / "t.csv", "score", ["9", "1O", "10"])
    assert "1 value is no number: '1O' (row 3)." in nps_of(file, "score", "--valid", "0:10")


def test_one_word_among_the_weights_stays_an_error(tmp_path):
    file = csv(tmp_path / "t.csv", "score,w", ["9,1", "9,BLANK", "10,BLANK"])
    assert "column 'w' must hold numbers" in nps_of(file, "score", "--valid", "0:10", "--weight", "w")


def test_duplicate_headers(tmp_path):
    assert "columns 1, 3 are all called 'score'" in nps_of(csv(tmp_path / "d.csv", "score,a,score", ["9,1,9"]))


def test_nothing_valid_left(tmp_path):
    file = csv(tmp_path / "t.csv", "score", ["11", "12"])
    message = nps_of(file, "score", "--valid", "0:10")
    assert message.endswith("no answer of 'score' is left to measure: 2 outside 0:10 in score (11, 12).")


def test_second_file_without_the_column_is_named(survey, tmp_path):
    other = csv(tmp_path / "other.csv", "points", ["9"])
    message = refusal(analyze("scores", survey, other, "--score", "score", "--metric", "nps"))
    assert message.startswith(f"{other}: no column 'score'")


@pytest.mark.parametrize("text", ["0-10", "ten", "0:", "10:0"])
def test_range_that_cannot_be_read(survey, text):
    message = nps_of(survey, "score", "--valid", text)
    assert message.startswith(f"--valid {text!r}: ")
    assert "such as 0:10" in message


def test_by_file_clashes_with_waves(tmp_path):
    one = csv(tmp_path / "a.csv", "score,file", nps_rows(6, 2, 2, "x"))
    other = csv(tmp_path / "b.csv", "score,file", nps_rows(6, 2, 2, "x"))
    message = refusal(analyze("scores", one, other, "--score", "score", "--metric", "nps", "--by", "file"))
    assert message.startswith("--by file: ")


@pytest.mark.parametrize("value", ["0", "-1", "five"])
def test_floor_must_be_a_number_of_people(survey, value):
    outcome = analyze("scores", survey, "--score", "score", "--metric", "nps", "--floor", value)
    assert outcome.status == 2
    assert "--floor" in outcome.err


def test_unknown_metric_is_refused_with_the_known_ones(survey):
    outcome = analyze("scores", survey, "--score", "score", "--metric", "nsp")
    assert outcome.status == 2
    assert "'nps', 'csat', 'ces', 'mean'" in outcome.err


def test_drivers_name_the_constant_one(tmp_path):
    file = csv(tmp_path / "c.csv", "y,a,b", [f"{i},{i * i % 7},4" for i in range(40)])
    assert "b" in refusal(analyze("drivers", file, "--outcome", "y", "--driver", "a", "b"))


def test_drivers_glob_that_matches_nothing(tmp_path):
    file = csv(tmp_path / "c.csv", "y,a1", ["1,2", "2,3"])
    assert "no column 'b*'" in refusal(analyze("drivers", file, "--outcome", "y", "--driver", "b*"))


def test_drivers_without_any_but_the_outcome(tmp_path):
    file = csv(tmp_path / "c.csv", "y,a1", ["1,2", "2,3"])
    assert refusal(analyze("drivers", file, "--outcome", "y", "--driver", "y")).startswith(
        "--driver: no column is left"
    )


def test_drivers_with_too_few_draws(tmp_path):
    file = csv(tmp_path / "c.csv", "y,a", [f"{i},{i * i % 7}" for i in range(40)])
    assert "needs 100 or more" in refusal(
        analyze("drivers", file, "--outcome", "y", "--driver", "a", "--bootstrap", "5")
    )


def test_drivers_with_text(tmp_path):
    file = csv(tmp_path / "c.csv", "y,a", ["1,low", "2,high", "3,mid"])
    assert "column 'a' must hold numbers, but 3 values" in refusal(
        analyze("drivers", file, "--outcome", "y", "--driver", "*")
    )


def test_links_without_their_columns(tmp_path):
    links = csv(tmp_path / "l.csv", "unit,period,lnk,score", ["u,1,a,3"])
    outcomes = csv(tmp_path / "o.csv", "unit,period,score", ["u,1,3"])
    message = refusal(analyze("weak-link", "--links", links, "--outcomes", outcomes))
    assert "neither a column 'link' nor 'provider' and 'receiver'" in message


def test_outcomes_without_a_score(tmp_path):
    links = csv(tmp_path / "l.csv", "unit,period,link,score", ["u,1,a,3"])
    outcomes = csv(tmp_path / "o.csv", "unit,period,scores", ["u,1,3"])
    message = refusal(analyze("weak-link", "--links", links, "--outcomes", outcomes))
    assert message.endswith("o.csv: no column 'score'. Did you mean 'scores'?")


def test_dates_that_could_be_two_are_not_guessed(tmp_path):
    events = csv(tmp_path / "e.csv", "id,team,at", ["1,IT,03-02-2026 10:00", "1,HR,04-02-2026 10:00"])
    message = refusal(analyze("flow", events, "--case", "id", "--group", "team", "--at", "at"))
    assert message == (
        f"{events}: column 'at': '03-02-2026' could be read day first or month first. If the day stands first, "
        "say so with --day-first, else write the dates as 2016-02-29 01:16."
    )


def test_dates_that_only_have_the_day_first_need_it_said(tmp_path):
    events = csv(tmp_path / "e.csv", "id,team,at", ["1,IT,13-03-2026"])
    message = refusal(analyze("flow", events, "--case", "id", "--group", "team", "--at", "at"))
    assert message == (
        f"{events}: column 'at': '13-03-2026' has the day first. Say so with --day-first, "
        "or write the dates as 2016-02-29 01:16."
    )


@pytest.mark.parametrize(
    "words",
    [
        ("scores", "a.csv", "--score", "scor", "--metric", "nps"),
        ("drivers", "a.csv", "--outcome", "scor", "--driver", "b"),
        ("flow", "a.csv", "--case", "scor", "--group", "b", "--at", "b"),
        ("weak-link", "--links", "a.csv", "--outcomes", "a.csv"),
    ],
)
def test_file_is_named_as_it_was_typed(tmp_path, monkeypatch, words):
    csv(tmp_path / "a.csv", "score,b", ["9,1"])
    monkeypatch.chdir(tmp_path)
    assert refusal(analyze(*words)).startswith("a.csv: ")


@pytest.mark.parametrize("metric", ["nps", "csat"])
def test_answers_between_the_points_are_sent_to_the_mean(tmp_path, metric):
    file = csv(tmp_path / "a.csv", "score;b", ["8,5;1", "3;1", "4;1"])
    message = refusal(analyze("scores", file, "--score", "score", "--metric", metric, "--valid", "0:10"))
    assert message.endswith(f"{metric.upper()} wants whole numbers; --metric mean takes these answers as they are.")


class TestClosed:
    @pytest.fixture
    def words(self, tmp_path):
        events = csv(tmp_path / "e.csv", "id,team,at,ok,state", ["1,IT,2026-01-01,yes,New", "1,IT,2026-01-02,yes,Done"])
        return ["flow", events, "--case", "id", "--group", "team", "--at", "at"]

    def test_value_that_no_row_holds_is_refused_with_those_there_are(self, words):
        message = refusal(analyze(*words, "--met", "ok", "--closed", "state=Closed"))
        assert message == f"{words[1]}: --closed: no row of 'state' holds 'Closed'. The column holds 'New', 'Done'."

    @pytest.mark.parametrize("given", ["state", "state=", "=Done"])
    def test_half_a_pair_is_refused(self, words, given):
        assert refusal(analyze(*words, "--met", "ok", "--closed", given)) == (
            f"--closed {given!r}: write a column, an equals sign and a value, such as state=Closed."
        )

    def test_without_a_promise_it_is_refused(self, words):
        assert "needs --met COL" in refusal(analyze(*words, "--closed", "state=Done"))

    def test_unknown_column_is_refused(self, words):
        assert "Did you mean 'state'" in refusal(analyze(*words, "--met", "ok", "--closed", "stat=Done"))


def test_column_without_any_date(tmp_path):
    events = csv(tmp_path / "e.csv", "id,team,at", ["1,IT,soon", "1,HR,later"])
    message = refusal(analyze("flow", events, "--case", "id", "--group", "team", "--at", "at"))
    assert "column 'at' holds no date: 'soon', 'later'" in message


def test_promise_that_is_neither_yes_nor_no(tmp_path):
    events = csv(tmp_path / "e.csv", "id,team,at,ok", ["1,IT,2026-01-01,perhaps"])
    message = refusal(analyze("flow", events, "--case", "id", "--group", "team", "--at", "at", "--met", "ok"))
    assert "perhaps" in message


class TestReport:
    def test_input_file_is_never_overwritten(self, survey, tmp_path):
        before = survey.read_bytes()
        link = tmp_path / "link.csv"
        link.symlink_to(survey)
        for target in (survey, link):
            assert "this is an input file" in nps_of(survey, "score", "--html", target)
        assert survey.read_bytes() == before

    def test_directory_is_refused_with_a_proposal(self, survey, tmp_path):
        assert str(tmp_path / "report.html") in nps_of(survey, "score", "--html", tmp_path)

    def test_place_that_does_not_exist_is_refused(self, survey, tmp_path):
        assert "there is no directory" in nps_of(survey, "score", "--html", tmp_path / "no" / "r.html")

    def test_a_pipe_is_never_replaced_by_a_file(self, survey, tmp_path):
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        with ThreadPoolExecutor() as pool:
            read = pool.submit(pipe.read_text, "utf-8")
            analyze("scores", survey, "--score", "score", "--metric", "nps", "--html", pipe)
            assert "</html>" in read.result(timeout=30)
        assert pipe.is_fifo()

    def test_failed_writing_leaves_the_earlier_report_and_no_rest(self, survey, tmp_path, monkeypatch):
        report = tmp_path / "out" / "r.html"
        report.parent.mkdir()
        report.write_text("earlier")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.replace", full)
        monkeypatch.setattr("pathlib.Path.replace", full)
        assert "there is no space left on the disk" in nps_of(survey, "score", "--html", report)
        assert report.read_text() == "earlier"
        assert list(report.parent.iterdir()) == [report]

    def test_report_may_be_read_by_whom_the_umask_allows(self, survey, tmp_path):
        report = tmp_path / "r.html"
        assert analyze("scores", survey, "--score", "score", "--metric", "nps", "--html", report).status == 0
        assert report.stat().st_mode & 0o777 == 0o644

    def test_report_that_only_its_owner_may_read_stays_so_when_made_anew(self, survey, tmp_path):
        report = tmp_path / "r.html"
        report.write_text("earlier")
        report.chmod(0o600)
        assert analyze("scores", survey, "--score", "score", "--metric", "nps", "--html", report).status == 0
        assert report.read_text("utf-8") != "earlier"
        assert report.stat().st_mode & 0o777 == 0o600

    def test_nothing_is_written_when_the_question_fails(self, survey, tmp_path):
        report = tmp_path / "r.html"
        nps_of(survey, "scores", "--html", report)
        assert not report.exists()


def test_as_a_process_an_error_is_one_line_on_stderr(tmp_path):
    outcome = process("analyze", "scores", tmp_path / "no.csv", "--score", "a", "--metric", "nps")
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith("kithkin: ")
    assert outcome.stderr.count("\n") == 1


def test_control_characters_of_a_name_do_not_reach_the_terminal(tmp_path):
    file = csv(tmp_path / "a.csv", "\x1b[31mscore,b", ["9,1"])
    assert "\x1b" not in analyze("scores", file, "--score", "score", "--metric", "nps").err
