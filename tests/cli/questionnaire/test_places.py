"""Where questionnaires and their reports are written: whole or not at all, and never over what is read."""

import json
import os
import resource

import pytest
from tests.cli.running import kithkin as run
from tests.cli.running import process, refusal

BODY = json.dumps({"elements": [{"type": "text", "name": "q"}]})
COMMANDS = [("import", "--out"), ("export", "--out"), ("render", "--html")]
HOW = {"import": (), "export": ("--to", "xlsform"), "render": ()}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "q.json"
    path.write_text(BODY, "utf-8")
    return path


def call(command, file, *words):
    return run("questionnaire", command, file, *HOW[command], *words)


@pytest.mark.parametrize(("command", "flag"), COMMANDS)
def test_file_that_is_read_is_never_written_to(file, tmp_path, command, flag):
    link, twin = tmp_path / "link", tmp_path / "twin"
    link.symlink_to(file)
    os.link(file, twin)
    for target in (file, link, twin, tmp_path / "." / "x" / ".." / "q.json"):
        (tmp_path / "x").mkdir(exist_ok=True)
        assert refusal(call(command, file, flag, target)) == (
            f"{flag} {target}: this is an input file, and it would be overwritten. Choose another name."
        )
    assert file.read_text("utf-8") == BODY


@pytest.mark.parametrize("command", ["import", "export"])
def test_questionnaire_and_report_are_never_one_file(file, tmp_path, command):
    out, link, dangling = tmp_path / "out", tmp_path / "link", tmp_path / "dangling"
    link.symlink_to(tmp_path)
    dangling.symlink_to(out)
    for report in (out, link / "out", tmp_path / "link" / "." / "out", dangling):
        said = refusal(call(command, file, "--out", out, "--report", report))
        assert said == f"--report {report}: the questionnaire goes there. Choose another name."
    assert not out.exists()
    assert "this is an input file" in refusal(call(command, file, "--report", file))


@pytest.mark.parametrize(("command", "flag"), COMMANDS)
def test_earlier_file_is_replaced_with_its_permissions_and_a_link_to_it_stays(file, tmp_path, command, flag):
    earlier, link = tmp_path / "earlier", tmp_path / "link"
    earlier.write_text("earlier")
    earlier.chmod(0o600)
    link.symlink_to(earlier)
    assert call(command, file, flag, link).status == 0
    assert link.is_symlink()
    assert earlier.read_bytes() != b"earlier"
    assert earlier.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["earlier", "link", "q.json"]


@pytest.mark.parametrize(("command", "flag"), COMMANDS)
def test_directory_is_refused_with_a_proposal(file, tmp_path, command, flag):
    name = {"import": "questionnaire.json", "export": "questionnaire.xlsx", "render": "questionnaire.html"}[command]
    said = refusal(call(command, file, flag, tmp_path))
    assert said == f"{flag} {tmp_path}: this is a directory. Name a file in it, such as {tmp_path / name}."


@pytest.mark.parametrize(("command", "flag"), COMMANDS)
def test_full_disk_leaves_the_earlier_file_and_no_rest(tmp_path, command, flag):
    file, out = tmp_path / "q.json", tmp_path / "out"
    many = [{"type": "text", "name": f"q{place}", "title": "What? " * 20} for place in range(400)]
    file.write_text(json.dumps({"elements": many}), "utf-8")
    out.write_text("earlier")
    done = process(
        "questionnaire", command, file, *HOW[command], flag, out, capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000)),
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"kithkin: {out}: File too large.\n")
    assert out.read_text() == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "q.json"]


@pytest.mark.parametrize(("command", "flag"), COMMANDS)
def test_device_without_space_is_said(file, command, flag):
    said = refusal(call(command, file, flag, "/dev/full"))
    assert said == "/dev/full: there is no space left on the disk. Free some, or write elsewhere."


@pytest.mark.parametrize(("command", "flag"), COMMANDS)
def test_place_where_nothing_may_be_written_is_said(file, command, flag):
    said = refusal(call(command, file, flag, "/sys/out"))
    assert said == "/sys/out: permission denied. Change its permissions, or choose another place."


@pytest.mark.parametrize("command", ["import", "export"])
def test_questionnaire_is_not_written_where_its_report_cannot_be(file, tmp_path, command):
    out = tmp_path / "out"
    for report in ("/sys/report", "/dev/full"):
        assert refusal(call(command, file, "--out", out, "--report", report)).startswith(f"{report}: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["q.json"]


@pytest.mark.parametrize(("command", "flag"), COMMANDS)
def test_link_that_leads_to_itself_becomes_the_file(file, tmp_path, command, flag):
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    assert call(command, file, flag, circle).status == 0
    assert (circle.is_symlink(), circle.is_file()) == (False, True)


@pytest.mark.parametrize(("command", "flag"), COMMANDS)
def test_name_that_is_too_long_is_said_and_nothing_is_left(file, tmp_path, command, flag):
    assert "File name too long" in refusal(call(command, file, flag, tmp_path / ("x" * 250 + "ä" * 10)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["q.json"]


@pytest.mark.parametrize(
    ("command", "flag", "ending", "right"),
    [
        ("render", "--html", ".pdf", ".html"),
        ("export", "--out", ".json", ".xlsx"),
        ("import", "--out", ".xlsx", ".json"),
    ],
)
def test_name_that_promises_another_kind_of_file_is_refused_with_the_right_one(file, command, flag, ending, right):
    named = file.with_stem("new").with_suffix(ending)
    said = refusal(call(command, file, flag, named))
    assert said == f"{flag} {named}: what is written is no {ending} file. Name it {named.with_suffix(right)}."
    assert not named.exists()


@pytest.mark.parametrize("command", ["import", "export"])
def test_that_only_the_report_was_written_is_said(file, tmp_path, command):
    report = tmp_path / "r.txt"
    outcome = run("questionnaire", command, file, *HOW[command], "--report", report, width=400)
    assert outcome.out.splitlines()[-1] == (
        f"Only the report was written: {report}; --out FILE writes the questionnaire."
    )


@pytest.mark.parametrize("named", ["/dev/stdout", "link"])
def test_what_is_written_to_where_the_output_goes_stands_after_what_is_there(file, tmp_path, named):
    log, link = tmp_path / "log", tmp_path / "link"
    log.write_text("earlier\n")
    link.symlink_to("/dev/stdout")
    with log.open("ab") as stream:
        done = process("questionnaire", "export", file, "--to", "surveyjs", "--out", tmp_path / named, stdout=stream)
    assert done.returncode == 0
    said = log.read_text("utf-8")
    assert said.startswith("earlier\n{")
    assert "1 element kept" in said[said.rindex("}") :]
