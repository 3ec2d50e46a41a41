"""`boneplan init`: a person answers questions, stops, goes on, and has a profile in the end."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from boneplan.ask import QUESTIONS
from boneplan.ask.dialogue import Dialogue
from boneplan.cli.init import SAMPLES
from boneplan.cli.main import main
from boneplan.profile_reader import load_profile

SOURCE = Path(__file__).parents[2] / "src"
PATIENT = Path("anna.yaml")

# A woman of 67 in feet and pounds. An empty line is Enter.
ESSENTIAL = ["female", "April 2, 1959", "5'4\"", "150 lb", "Arimidex", "1 March 2026", "osteoporosis, kidney stones",
             "alendronate monday 6:30 am", "", "milk", "liver"]  # fmt: skip
REST = ["Anna", "", "spine -1.8, hip -1.2", "10 Feb 2026", "wrist 2019 fall", "", "smoking",
        "vitamin D 1000 IU breakfast", "", "", "8, 12:30, 4, 7", "", "chair, band", "mon wed 7-8, sat 9:00-10:30",
        "", "new york"]  # fmt: skip


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Europe/Berlin")


def files() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


class Session:
    """Runs of the command with what is typed on its standard input."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch = monkeypatch
        self.capsys = capsys

    def __call__(self, *typed: str, arguments: tuple[str, ...] = (str(PATIENT),)) -> tuple[int, str]:
        text = "".join(f"{line}\n" for line in typed)
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        status = main(["init", *arguments])
        out, err = self.capsys.readouterr()
        return status, out + err


@pytest.fixture
def init(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Session:
    return Session(monkeypatch, capsys)


def test_a_woman_of_67_answers_in_feet_and_pounds(init: Session) -> None:
    status, said = init(*ESSENTIAL, "y", *REST, "", "n")
    assert status == 0
    profile = load_profile(PATIENT)
    assert (profile.name, profile.height_cm, profile.weight_kg) == ("Anna", 162.6, 68)
    assert (str(profile.birth_date), str(profile.therapy.since)) == ("1959-04-02", "2026-03-01")
    assert profile.conditions == ["osteoporosis", "kidney_stones"]
    assert profile.medications[0].model_dump(exclude_none=True) == {
        "name": "alendronate",
        "weekday": "monday",
        "time": "06:30",
    }
    assert (profile.diet.allergies, profile.diet.dislikes) == (["milk"], ["liver"])
    assert profile.bone.t_scores.worst() == -1.8
    assert profile.bone.fractures[0].fragility
    assert (profile.meals.dinner, profile.measures, profile.timezone) == ("19:00", "us", "America/New_York")
    assert profile.exercise.availability is not None
    assert profile.exercise.availability["saturday"] == ["09:00-10:30"]
    assert "Next:    boneplan plan anna.yaml" in said
    assert PATIENT.stat().st_mode & 0o777 == 0o600
    assert files() == ["anna.yaml"]


def test_a_man_in_metric_plans_with_the_first_questions_alone(init: Session) -> None:
    status, said = init("m", "1961-04-02", "1,80 m", "80 kg", "none", "", "", "", "", "n", "", "n")
    assert status == 0
    profile = load_profile(PATIENT)
    assert (profile.sex, profile.height_cm, profile.therapy.drug) == ("male", 180, "none")
    assert (profile.measures, profile.timezone) == ("metric", "Europe/Berlin")
    assert "2 of 9" in said
    assert "11  Time zone: Europe/Berlin" in said
    assert "10  Measures: millilitres and grams" in said


def test_the_units_that_were_typed_and_the_clock_of_the_computer_are_what_enter_takes(init: Session) -> None:
    metric = ["f", "1961-04-02", "163 cm", "68 kg", "none", "", "", "", ""]
    init(*metric, "y", *[""] * 14, "", "n")
    profile = load_profile(PATIENT)
    assert (profile.measures, profile.timezone) == ("metric", "Europe/Berlin")
    assert profile.exercise.availability is None


def test_every_line_fits_a_terminal_of_80_columns(init: Session) -> None:
    _, said = init(*["?", *ESSENTIAL[:6], "?", "bone mets, asthma", "bone metastases", "?", "", *ESSENTIAL[7:]], "y",
                   *REST, "", "n")  # fmt: skip
    assert max(map(len, said.splitlines())) <= 80


def test_a_wrong_answer_is_told_with_its_mend_and_asked_again(init: Session) -> None:
    _, said = init(
        "x", "f", "4/2/1961", "4/25/1961", "163", "30 cm", "163 cm", "", "150", "150 lb", "anastrazole", "1"
    )
    for told in (
        '"x" is unknown: use one of female, male',
        "write 2 April 1961 or 4 February 1961",
        '"163" has no unit',
        "30 is below 100: give the height in centimetres, such as 163",
        "An answer is needed here",
        "did you mean anastrozole?",
    ):
        assert told in " ".join(said.split())
    assert "= 25 April 1961" in said


def test_a_question_mark_tells_why_we_ask_and_the_choices(init: Session) -> None:
    _, said = init(*ESSENTIAL[:6], "?")
    assert "Why: Some change what is safe to eat or to do" in said
    assert "Choices: cancer in the bones" in said
    assert "kidney stones" in said


def test_back_goes_back_one_question_and_offers_the_answer_again(init: Session) -> None:
    status, said = init("back", "f", "2 April 1961", "back", "3 April 1961", "163 cm", "back", "", "68 kg", "none",
                        "", "", "", "", "n", "", "n")  # fmt: skip
    assert status == 0
    assert "This is the first question." in said
    assert "[2 April 1961]" in said
    assert str(load_profile(PATIENT).birth_date) == "1961-04-03"
    assert load_profile(PATIENT).height_cm == 163


def test_back_among_medicines_takes_out_the_last_line(init: Session) -> None:
    medicines = ["letothyroxine 6:00", "back", "levothyroxine 6:00", "metformin 8:00", "none"]
    status, said = init(*ESSENTIAL[:7], *medicines, "milk", "liver", "n", "", "n")
    assert status == 0
    assert "did you mean levothyroxine?" in said
    assert [taken.name for taken in load_profile(PATIENT).medications] == ["levothyroxine", "metformin"]


def test_a_medicine_that_was_not_understood_is_never_left_out_unsaid(init: Session) -> None:
    medicines = ["levothyroxine in the morning", ""]
    status, said = init(*ESSENTIAL[:7], *medicines, "milk", "liver", "n", "", "n")
    assert status == 0
    assert "[Enter: leave that out] > \n  Left out: levothyroxine in the morning\n" in said
    assert load_profile(PATIENT).medications == []
    _, said = init(*ESSENTIAL[:7], medicines[0], "levothyroxine 7 am", "", "milk", "liver", arguments=("b.yaml",))
    assert "[Enter: no more] > " in said
    assert "Left out" not in said


def test_the_strength_on_the_packet_may_stand_behind_the_medicine(init: Session) -> None:
    _, said = init(*ESSENTIAL[:4], "Femara 2.5 mg daily", "", arguments=("b.yaml",))
    assert "= letrozole" in said


def test_the_summary_tells_even_what_was_none_and_a_line_can_be_changed(init: Session) -> None:
    plain = ["f", "1961-04-02", "163 cm", "68 kg", "none", "", "", "", ""]
    status, said = init(*plain, "n", "n", "99", "3", "164 cm", "8", "milk", "", "n")
    assert status == 0
    for told in ("6  Conditions: none", "7  Medicines: none", "8  Allergies: none", "Type a number from 1 to 11"):
        assert told in said
    assert "[163 cm]" in said
    assert "8  Allergies: milk" in said
    assert load_profile(PATIENT).height_cm == 164


def test_a_change_that_contradicts_a_later_answer_asks_that_one_again(init: Session) -> None:
    status, said = init(*ESSENTIAL, "n", "6", "1 March 1990", "2", "2 April 1995", "1 March 2020", "", "n")
    assert status == 0
    assert "Taken since: 1990-03-01 is before the day of birth" in " ".join(said.split())
    assert str(load_profile(PATIENT).therapy.since) == "2020-03-01"


def test_what_needs_a_clinician_first_is_told_before_the_file_is_written(init: Session) -> None:
    _, said = init(*ESSENTIAL[:6], "bone metastases, trouble swallowing", "", "", "", "", "n", "", "n")
    assert "Ask the oncologist which bones may be loaded" in " ".join(said.split())
    assert "need a dietitian's own plan" in " ".join(said.split())
    assert "\n  clearance: [{for: exercise, by: oncologist, on: 2026-10-01}]\n" in said
    assert load_profile(PATIENT).bone.metastases == []


# --- stopping and going on ---


@pytest.mark.parametrize("stop", [(), ("quit",)])
def test_the_end_of_the_input_keeps_the_answers_for_the_next_time(init: Session, stop: tuple[str, ...]) -> None:
    status, said = init(*ESSENTIAL[:4], *stop)
    assert status == 130
    assert "Go on with: boneplan init anna.yaml" in said
    draft = Path(".anna.yaml.draft")
    assert draft.stat().st_mode & 0o777 == 0o600
    assert not PATIENT.exists()
    status, said = init("", *ESSENTIAL[4:], "n", "", "n")
    assert status == 0
    assert "There is a draft with 4 answers" in said
    assert "1 of" not in said
    assert load_profile(PATIENT).height_cm == 162.6
    assert not draft.exists()


def test_medicines_typed_before_the_end_of_the_list_are_kept_too(init: Session) -> None:
    assert init(*ESSENTIAL[:7], "levothyroxine 6:00", "metformin 8:00")[0] == 130
    status, said = init("", "ramipril 8:00", "", *ESSENTIAL[9:], "n", "", "n")
    assert status == 0
    assert "\n  levothyroxine 6:00\n  metformin 8:00\n" in said
    assert [taken.name for taken in load_profile(PATIENT).medications] == ["levothyroxine", "metformin", "ramipril"]


def test_an_answer_taken_back_is_kept_too(init: Session) -> None:
    assert init(*ESSENTIAL[:3], "back", "back", "3 April 1959")[0] == 130
    _, said = init("", "")
    assert "[5'4\"]" in said
    assert '"height": "5\'4\\""' in Path(".anna.yaml.draft").read_text()


def test_a_draft_can_be_left_for_a_new_beginning(init: Session) -> None:
    init(*ESSENTIAL[:4])
    status, said = init("n", *ESSENTIAL, "n", "", "n")
    assert status == 0
    assert "1 of" in said


def test_nothing_is_kept_where_nothing_was_answered(init: Session) -> None:
    status, said = init()
    assert status == 130
    assert "Nothing was answered" in said
    assert files() == []


def test_to_stop_before_going_on_leaves_the_draft_as_it_was(init: Session) -> None:
    init(*ESSENTIAL[:4])
    before = Path(".anna.yaml.draft").read_text()
    status, _ = init(arguments=("anna.yaml", "--sex", "male"))
    assert status == 130
    assert Path(".anna.yaml.draft").read_text() == before


def test_a_profile_behind_a_link_is_written_where_the_link_leads(init: Session) -> None:
    PATIENT.symlink_to("real.yaml")
    assert init("y", *ESSENTIAL, "n", "", "n")[0] == 0
    assert PATIENT.is_symlink()
    assert load_profile(Path("real.yaml")).sex == "female"


def test_a_draft_that_is_none_is_told_of_and_set_aside(init: Session) -> None:
    Path(".anna.yaml.draft").write_text("draft: 1\nanswers: {sex: [1, 2]}\n")
    status, said = init(*ESSENTIAL, "n", "", "n")
    assert status == 0
    assert "set aside as .anna.yaml.draft.bad" in " ".join(said.split())
    assert Path(".anna.yaml.draft.bad").read_text() == "draft: 1\nanswers: {sex: [1, 2]}\n"


def test_answers_of_a_draft_that_do_not_hold_are_asked_again(init: Session) -> None:
    Path(".anna.yaml.draft").write_text(
        'draft: 1\nanswers: {sex: f, height: "\\e[31m", weight: "9e99 kg", birth_date: "31 April 1961"}\n'
    )
    status, said = init("", "2 April 1961", "163 cm", "68 kg", "none", "", "", "", "", "n", "", "n")
    assert status == 0
    assert "\x1b" not in said
    assert load_profile(PATIENT).weight_kg == 68


# --- the file ---


def test_a_profile_is_never_written_over_without_asking(init: Session) -> None:
    PATIENT.write_text("precious")
    status, said = init("")
    assert status == 1
    assert "Nothing was changed" in said
    assert PATIENT.read_text() == "precious"
    status, _ = init("y", *ESSENTIAL, "n", "", "n")
    assert status == 0
    assert load_profile(PATIENT).sex == "female"


def test_an_answer_in_a_profile_that_is_there_is_changed(init: Session) -> None:
    init(*ESSENTIAL, "y", *REST, "", "n")
    before = load_profile(PATIENT)
    status, said = init("", "4", "160 lb", "", "n")
    assert status == 0
    assert "Change answers in it?" in said
    assert "4  Weight: 68 kg (150 lb)" in said
    assert load_profile(PATIENT) == before.model_copy(update={"weight_kg": 72.6})
    assert not Path(".anna.yaml.draft").exists()


def test_a_change_that_is_stopped_leaves_the_profile_and_goes_on_later(init: Session) -> None:
    init(*ESSENTIAL, "y", *REST, "", "n")
    before = PATIENT.read_text()
    assert init("", "4", "160 lb")[0] == 130
    assert PATIENT.read_text() == before
    status, _ = init("y", "y", "", "n")
    assert status == 0
    assert load_profile(PATIENT).weight_kg == 72.6


def test_flags_change_a_profile_that_is_there(init: Session) -> None:
    init(*ESSENTIAL, "y", *REST, "", "n")
    before = load_profile(PATIENT)
    status, _ = init("", "", "n", arguments=(str(PATIENT), "--weight", "160 lb"))
    assert status == 0
    assert load_profile(PATIENT) == before.model_copy(update={"weight_kg": 72.6})


def test_what_no_answer_says_of_a_profile_is_kept_and_named(init: Session) -> None:
    init(*ESSENTIAL, "n", "", "n")
    text = PATIENT.read_text()
    PATIENT.write_text(text.replace("alendronate", "letrozole generic") + "checks: {calcium: 2026-05-04}\n")
    before = load_profile(PATIENT)
    status, said = init("", "4", "160 lb", "", "n")
    assert status == 0
    assert "to be changed there: Medicines" in said
    assert load_profile(PATIENT) == before.model_copy(update={"weight_kg": 72.6})
    status, said = init("", arguments=(str(PATIENT), "--medicine", "alendronate"))
    assert status == 2
    assert "--medicine: change it in anna.yaml" in said


def test_a_profile_that_another_run_wrote_meanwhile_is_not_lost(
    init: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Dialogue.run

    def slower(dialogue: Dialogue) -> None:
        run(dialogue)
        PATIENT.write_text("precious")

    monkeypatch.setattr(Dialogue, "run", slower)
    status, said = init(*ESSENTIAL, "n", "", "n")
    assert status == 1
    assert "anna.yaml was written meanwhile" in said
    assert PATIENT.read_text() == "precious"
    assert "liver" in Path(".anna.yaml.draft").read_text()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("round", "is a link that leads nowhere"),
        ("dangling", "is a link that leads nowhere"),
        (".", "is a folder: name a file"),
        ("there", "is a folder"),
        ("missing/anna.yaml", "no such folder"),
        ("/dev/null", "is no plain file"),
        ("x" * 254, "choose another name"),
    ],
)
def test_where_no_file_can_be_is_told_before_anything_is_asked(init: Session, path: str, told: str) -> None:
    Path("there").mkdir()
    Path("round").symlink_to("round")
    Path("dangling").symlink_to("missing/anna.yaml")
    status, said = init(arguments=(path,))
    assert status == 2
    assert told in said
    assert said.count("\n") == 1


def test_hostile_answers_stay_text(init: Session) -> None:
    name = "{{7*7}} \u202e<script>'\"# &x *y: - [no]" + "é👩" * 20
    assert init(*ESSENTIAL, "y", name, *REST[1:], "", "n")[0] == 0
    assert load_profile(PATIENT).name == name


def test_the_week_is_planned_right_away(init: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[str] = []
    monkeypatch.setattr(
        "boneplan.cli.plan.load_profile", lambda path: (planned.append(str(path)), load_profile(path))[1]
    )
    monkeypatch.setattr("boneplan.cli.plan.make_and_write", lambda *_, **__: (_Made(), []))
    monkeypatch.setattr("boneplan.cli.plan.show", lambda *_: None)
    status, _ = init(*ESSENTIAL, "n", "", "")
    assert status == 0
    assert planned == ["anna.yaml"]


class _Made:
    status = "ok"


# --- flags ---

FLAGS = ("--sex", "female", "--birth-date", "2 April 1961", "--height", "5 ft 4 in", "--weight", "150 lb", "--drug",
         "anastrozole", "--since", "2026-03-01")  # fmt: skip
MORE = (
    "--allergy", "milk", "--allergy", "sesame", "--condition", "osteoporosis",
    "--medicine", "alendronate monday 06:30", "--medicine", "metformin 8:00",
    "--supplement", "vitamin D 1000 IU breakfast", "--free", "mon 7-8", "--free", "sat 9-10",
    "--t-score", "lumbar spine=-1.8", "--t-score", "hip=-1.2", "--fracture", "wrist 2019 fall",
)  # fmt: skip


def test_flags_alone_make_a_profile_without_a_question(init: Session) -> None:
    status, said = init(arguments=("anna.yaml", "--non-interactive", *FLAGS, *MORE))
    assert (status, said) == (0, "Written: anna.yaml\nNext:    boneplan plan anna.yaml\n")
    profile = load_profile(PATIENT)
    assert profile.diet.allergies == ["milk", "sesame"]
    assert [taken.name for taken in profile.medications] == ["alendronate", "metformin"]
    assert profile.exercise.availability == {"monday": ["07:00-08:00"], "saturday": ["09:00-10:00"]}
    assert profile.bone.t_scores.model_dump(exclude_none=True) == {"lumbar_spine": -1.8, "total_hip": -1.2}
    assert profile.timezone == "Europe/Berlin"


def test_flags_that_are_missing_or_wrong_are_all_told_at_once(init: Session) -> None:
    status, said = init(
        arguments=(
            "--non-interactive",
            "--height",
            "163",
            "--drug",
            "foo",
            "--condition",
            "asthma",
            "--t-score",
            "hip=1",
        )
    )
    assert status == 2
    lines = said.splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        "--sex",
        "--birth-date",
        "--height",
        "--weight",
        "--drug",
        "--condition",
        "--t-score",
    ]
    assert lines[0] == "Error: --sex: is missing: Female or male?"
    assert files() == []


def test_flags_that_say_nothing_of_what_is_unsafe_to_leave_out_are_warned_of(init: Session) -> None:
    status, said = init(arguments=("anna.yaml", "--non-interactive", *FLAGS, "--medicine", "none"))
    assert status == 0
    assert "Warning: Conditions: taken as none, since --condition does not say" in said
    assert "Warning: Allergies: taken as none, since --allergy does not say" in said
    assert "Medicines" not in said
    text = PATIENT.read_text()
    assert "# NOT SAID whether there are conditions: taken as none. Check it!\nconditions: []\n" in text
    assert "# NOT SAID whether there are allergies: taken as none. Check it!\ndiet:\n" in text
    assert text.count("NOT SAID") == 2


def test_a_flag_given_twice_that_takes_one_answer_is_told(init: Session) -> None:
    status, said = init(arguments=("--non-interactive", *FLAGS, "--sex", "male"))
    assert status == 2
    assert said == "Error: --sex: is given 2 times: give it once\n"
    assert files() == []


def test_a_flag_that_goes_with_no_other_answer_is_told(init: Session) -> None:
    status, said = init(arguments=("--non-interactive", *FLAGS, "--metastasis", "hip"))
    assert status == 2
    assert said == "Error: --metastasis: does not go with the other answers: leave it out\n"


def test_flags_answer_questions_beforehand(init: Session) -> None:
    status, said = init("", "", "", "", "n", "", "n", arguments=("anna.yaml", *FLAGS))
    assert status == 0
    assert "Female or male?" not in said
    assert "1  Sex: female" in said


def test_without_questions_a_profile_is_written_over_by_force_alone(init: Session) -> None:
    PATIENT.write_text("precious")
    status, said = init(arguments=("anna.yaml", "--non-interactive", *FLAGS))
    assert status == 2
    assert "give --force to write over it" in said
    assert PATIENT.read_text() == "precious"
    assert init(arguments=("anna.yaml", "--non-interactive", "--force", *FLAGS))[0] == 0
    assert load_profile(PATIENT).sex == "female"


def test_every_question_has_a_flag_with_an_example_that_is_understood(init: Session) -> None:
    _, said = init(arguments=("--help",))
    assert all(f"{question.option} " in said for question in QUESTIONS)
    given = {**SAMPLES, "conditions": "bone metastases", "medicines": "warfarin 20:00"}
    flags = [word for question in QUESTIONS for word in (question.option, given[question.key])]
    assert init(arguments=("anna.yaml", "--non-interactive", *flags)) == (
        0,
        "Written: anna.yaml\nNext:    boneplan plan anna.yaml\n",
    )
    profile = load_profile(PATIENT)
    assert (profile.diet.vitamin_k_agreed, profile.bone.metastases) == (95, ["lumbar_spine"])


# --- a real terminal ---


class Terminal:
    """The command on a pseudo-terminal of its own."""

    def __init__(self, *arguments: str) -> None:
        self.ours, theirs = pty.openpty()
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "dumb", "COLUMNS": "80"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "boneplan", "init", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
            preexec_fn=lambda: __import__("fcntl").ioctl(0, __import__("termios").TIOCSCTTY, 0),
        )
        os.close(theirs)
        self.seen = ""

    def wait_for(self, text: str) -> None:
        """Reads until `text` is on the screen, or fails after a minute."""
        until = time.monotonic() + 60
        while text not in self.seen:
            assert time.monotonic() < until, self.seen
            if select.select([self.ours], [], [], 1)[0]:
                try:
                    self.seen += os.read(self.ours, 4096).decode()
                except OSError:
                    break
        assert text in self.seen, self.seen
        self.seen = self.seen.partition(text)[2]

    def type(self, text: str) -> None:
        os.write(self.ours, text.encode())

    def end(self) -> int:
        status = self.process.wait(60)
        os.close(self.ours)
        return status


def test_ctrl_c_on_a_terminal_saves_the_answers_and_the_next_run_goes_on() -> None:
    first = Terminal("anna.yaml")
    first.wait_for("Female or male?")
    first.type("f\n")
    first.wait_for("When were you born?")
    first.type("2 April 1959\n")
    first.wait_for("How tall are you?")
    first.type("5 f\x03")
    first.wait_for("Your answers are kept in .anna.yaml.draft")
    assert first.end() == 130
    assert not PATIENT.exists()
    second = Terminal("anna.yaml")
    second.wait_for("There is a draft with 2 answers")
    second.type("\n")
    second.wait_for("3 of 9  How tall are you?")
    second.type("\x04")
    second.wait_for("Your answers are kept")
    assert second.end() == 130
    assert re.search('"birth_date": "2 April 1959"', Path(".anna.yaml.draft").read_text())


def test_a_terminal_that_is_closed_loses_no_answer() -> None:
    terminal = Terminal("anna.yaml")
    terminal.wait_for("Female or male?")
    terminal.type("f\n")
    terminal.wait_for("When were you born?")
    terminal.process.send_signal(signal.SIGHUP)
    terminal.process.wait(60)
    assert '"sex": "f"' in Path(".anna.yaml.draft").read_text()
