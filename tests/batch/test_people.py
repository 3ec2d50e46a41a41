"""The people of a batch: folders and tables, ids that name folders, and cells that say what a profile would."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.batch.people import read_people
from boneplan.errors import InputError

ANNA = "sex: female\nbirth_date: 1961-04-02\nheight_cm: 163\nweight_kg: 68\n"
HEADS = "id,sex,birth_date,height_cm,weight_kg"
ROW = "female,1961-04-02,163,68"


def table(folder: Path, *lines: str) -> Path:
    """A CSV file of these lines."""
    path = folder / "patients.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def refusal(path: Path) -> list[str]:
    with pytest.raises(InputError) as refused:
        read_people(path)
    return [line.removeprefix(f"{path}: ") for line in refused.value.lines]


def test_a_folder_gives_its_profiles_by_name_and_leaves_other_files_alone(tmp_path: Path) -> None:
    for name in ("ruth.yaml", "anna.yml", "notes.txt", ".hidden.yaml"):
        (tmp_path / name).write_text(ANNA, encoding="utf-8")
    (tmp_path / "old.yaml").mkdir()
    people = read_people(tmp_path)
    assert [person.id for person in people] == ["anna", "ruth"]
    assert people[0].profile().weight_kg == 68


def test_a_profile_that_cannot_be_read_is_bad_input_of_that_person_alone(tmp_path: Path) -> None:
    (tmp_path / "anna.yaml").write_text(ANNA, encoding="utf-8")
    (tmp_path / "ruth.yaml").write_bytes(b"name: \xff")
    anna, ruth = read_people(tmp_path)
    assert anna.profile()
    with pytest.raises(InputError, match=r"ruth\.yaml: is no UTF-8 text"):
        ruth.profile()


def test_a_row_is_a_profile_with_dots_between_its_keys(tmp_path: Path) -> None:
    heads = "name,diet.pattern,diet.allergies,diet.dislikes,meals.snack,bone.t_scores.lumbar_spine,therapy.drug"
    cells = '"Anna: ""B""",vegetarian,milk; egg,liver; red wine,null,-1.8,letrozole'
    (person,) = read_people(table(tmp_path, f"{HEADS},{heads}", f"p1,{ROW},{cells}"))
    profile = person.profile()
    assert (person.id, profile.name, profile.birth_date) == ("p1", 'Anna: "B"', dt.date(1961, 4, 2))
    assert (profile.diet.pattern, profile.diet.allergies) == ("vegetarian", ["milk", "egg"])
    assert profile.diet.dislikes == ["liver", "red wine"]
    assert profile.meals.snack is None
    assert profile.bone.t_scores.lumbar_spine == -1.8
    assert profile.therapy is not None
    assert profile.therapy.drug == "letrozole"


def test_a_list_of_one_word_is_a_list(tmp_path: Path) -> None:
    (person,) = read_people(table(tmp_path, f"{HEADS},conditions", f"p1,{ROW},joint_pain"))
    assert person.profile().conditions == ["joint_pain"]


def test_medicines_stand_in_braces_and_free_times_by_weekday(tmp_path: Path) -> None:
    medicines = '"{name: levothyroxine, time: 06:30}, {name: alendronate, weekday: monday, time: ""06:00""}"'
    lines = [f"{HEADS},medications,exercise.availability.monday", f"p1,{ROW},{medicines},07:00-08:00; 17:00-18:30"]
    (person,) = read_people(table(tmp_path, *lines))
    profile = person.profile()
    assert [(m.name, m.time, m.weekday) for m in profile.medications] == [
        ("levothyroxine", "06:30", None),
        ("alendronate", "06:00", "monday"),
    ]
    assert profile.exercise.availability is not None
    assert [str(free) for free in profile.exercise.availability["monday"]] == ["07:00-08:00", "17:00-18:30"]


def test_semicolons_may_stand_between_the_cells_as_some_spreadsheets_write_them(tmp_path: Path) -> None:
    lines = [f"{HEADS},conditions".replace(",", ";"), f'p1;{ROW.replace(",", ";")};"joint_pain; osteopenia"']
    (person,) = read_people(table(tmp_path, *lines))
    assert person.profile().conditions == ["joint_pain", "osteopenia"]


def test_a_decimal_comma_is_told_of_and_not_guessed_at(tmp_path: Path) -> None:
    lines = [HEADS.replace(",", ";"), f"p1;{ROW.replace(',', ';')}".replace("68", "68,5")]
    (person,) = read_people(table(tmp_path, *lines))
    with pytest.raises(InputError, match='"68,5": a number has a decimal point and no comma'):
        person.profile()


def test_what_stands_between_the_cells_is_what_stands_most_often_among_the_names(tmp_path: Path) -> None:
    lines = [f'{HEADS},"a, b"'.replace(",", ";").replace("a; b", "a, b"), f"p1;{ROW.replace(',', ';')};x"]
    (person,) = read_people(table(tmp_path, *lines))
    assert person.id == "p1"


def test_an_empty_cell_is_not_given_and_empty_lines_are_no_people(tmp_path: Path) -> None:
    (person,) = read_people(table(tmp_path, f"{HEADS},diet.pattern", f"p1,{ROW},", ",,,,,", ""))
    assert person.profile().diet.pattern == "omnivore"


def test_what_is_wrong_in_a_row_names_its_line_and_its_column(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        f"{HEADS},diet.patern,medications",
        f"p1,{ROW},vegan,",
        f'p2,{ROW},,"{{name: x"',
        f"p3,{ROW},,,one more",
    )
    errors = []
    for person in read_people(path):
        with pytest.raises(InputError) as refused:
            person.profile()
        errors += refused.value.lines
    assert errors[0].startswith(f"{path}, line 2: diet.patern: unknown key")
    assert errors[1].startswith(f"{path}, line 3: medications: line 1, column")
    assert errors[2].startswith(f"{path}, line 4: has 8 cells for 7 columns")


@pytest.mark.parametrize(
    "identity",
    ["..", ".", "../anna", "a/b", "a\\\\b", "/etc/passwd", "-rf", ".hidden", "con", "NUL.txt", "anna.", "summary.csv",
     "Summary.CSV", "a" * 81, "C:evil", "a*b", "‮anna"],
)  # fmt: skip
def test_an_id_that_is_no_safe_name_of_a_folder_refuses_the_whole_batch_in_one_line(
    tmp_path: Path, identity: str
) -> None:
    lines = refusal(table(tmp_path, HEADS, f"p1,{ROW}", f"{identity},{ROW}"))
    assert len(lines) == 1
    assert lines[0].startswith("id ")


@given(identity=st.text(min_size=1, max_size=12))
def test_every_id_that_is_taken_names_a_folder_right_inside(tmp_path_factory, identity: str) -> None:
    quoted = '"' + identity.replace('"', '""') + '"'
    folder = tmp_path_factory.mktemp("ids")
    try:
        people = read_people(table(folder, HEADS, f"{quoted},{ROW}"))
    except InputError:
        return
    inside = (folder / people[0].id).resolve()
    assert inside.parent == folder.resolve()


def test_ids_that_one_folder_would_have_to_share_are_told_in_one_line(tmp_path: Path) -> None:
    lines = refusal(table(tmp_path, HEADS, f"Anna,{ROW}", f"ruth,{ROW}", f"anna,{ROW}", f"ruth,{ROW}"))
    assert lines == [
        'id "Anna" and "anna": 2 people would share one folder: give each an id of their own',
        'id "ruth": 2 people would share one folder: give each an id of their own',
    ]


def test_an_empty_id_names_its_line(tmp_path: Path) -> None:
    (line,) = refusal(table(tmp_path, HEADS, f",{ROW}"))
    assert "line 2: id: is empty" in line


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        ("sex,birth_date", "has no column id"),
        ("id,sex,sex", 'column "sex": is there 2 times'),
        ("id,,sex", "a column has no name"),
        ("id,diet,diet.pattern", 'column "diet.pattern": is a part of the column "diet"'),
    ],
)
def test_columns_that_name_no_one_field_are_told(tmp_path: Path, heads: str, told: str) -> None:
    (line,) = refusal(table(tmp_path, heads, "p1,x,y"))
    assert line.startswith(told)


def test_people_are_missed_where_there_are_none(tmp_path: Path) -> None:
    assert refusal(tmp_path)[0].startswith("no profile in it")
    assert refusal(table(tmp_path, HEADS))[0].startswith("no row below")
    assert refusal(tmp_path / "nobody.csv")[0].startswith("no such file")
    (tmp_path / "broken.csv").write_text('id,name\np1,"unclosed\n', encoding="utf-8")
    assert "is no CSV" in refusal(tmp_path / "broken.csv")[0]
