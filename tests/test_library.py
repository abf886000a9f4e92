"""The content is read whole, or every mistake in it is named: where it is and what to do."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import content_folder as content
from knowledge.check import check, library_of
from knowledge.library import ContentError, Library, load_library
from knowledge.yaml_files import read_yaml


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return content.write_all(tmp_path / "content")


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    found = tmp_path / "company"
    found.mkdir()
    return found


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


# What ships


def test_the_content_that_ships_has_no_problem() -> None:
    assert check() == ()


def test_sixty_nine_practices_are_known_and_sixty_six_are_asked(library: Library) -> None:
    assert len(library.practices) == 69
    assert len(library.asked()) == 66
    assert {p.id for p in library.practices.values()} - {p.id for p in library.asked()} == {"G1-1", "G1-5", "G1-12"}


def test_practices_stand_in_the_order_of_the_models() -> None:
    ids = list(load_library().practices)
    assert " ".join(ids[:9]) == "M1-C-1 M1-C-2 M1-R-1 M1-R-2 M1-A-1 M1-A-2 M1-A-3 M1-A-4 M2-P-1"
    assert ids[10:21] == [f"M2-C-{number}" for number in range(1, 12)]  # by number, not by letter
    assert ids[45:47] == ["M4-A-3", "G1-1"]
    assert ids[-5:] == ["G2-7", "X-monitoring", "X-rollback", "X-owner", "X-personal-data"]


def test_a_cell_holds_its_practices_and_may_be_empty(library: Library) -> None:
    assert [p.id for p in library.cell("model-release", 2)] == ["M2-R-1", "M2-R-2"]
    assert library.cell("people", 1) == ()
    assert [p.id for p in library.google_cell(2)] == [f"G2-{number}" for number in range(1, 8)]
    assert len(library.google_cell(1)) == 12
    assert library.google_cell(0) == ()


@pytest.mark.parametrize(("one", "other"), [("M2-C-1", "G1-1"), ("M3-R-1", "G1-5"), ("M2-C-10", "G1-12")])
def test_shared_practices_know_each_other(library: Library, one: str, other: str) -> None:
    assert library.twin(one) == other
    assert library.twin(other) == one


def test_a_practice_of_one_model_alone_has_no_twin(library: Library) -> None:
    assert library.twin("M2-C-2") is None


def test_levels_are_found_by_number(library: Library) -> None:
    assert [library.level(number).number for number in range(5)] == [0, 1, 2, 3, 4]
    assert [library.google_level(number).number for number in range(3)] == [0, 1, 2]
    with pytest.raises(IndexError):
        library.level(5)


@pytest.mark.parametrize("number", [-1, -5])
def test_a_negative_level_is_no_level(library: Library, number: int) -> None:
    with pytest.raises(IndexError):
        library.level(number)
    with pytest.raises(IndexError):
        library.google_level(number)


def test_the_library_cannot_be_changed(library: Library) -> None:
    with pytest.raises(TypeError):
        library.practices["M1-C-1"] = library.practices["M1-C-2"]  # type: ignore[index]


# A folder of one's own


def test_a_small_complete_folder_is_read_in_the_same_order(folder: Path) -> None:
    found = load_library(folder)
    assert list(found.practices) == ["M1-C-1", "M1-A-1", "M2-C-1", "G1-1", "X-owner"]
    assert found.practices["M1-C-1"].gate
    assert found.target.rules[0].level == 1
    assert found.thresholds.several_use_cases == 3  # not named in the file


def test_the_version_changes_with_any_file(folder: Path) -> None:
    before = load_library(folder).version
    assert load_library(folder).version == before
    content.replace(folder, "thresholds.yml", "75", "80")
    assert load_library(folder).version != before


def test_more_source_files_are_read_beside_the_first(folder: Path) -> None:
    more = {"key": "theirs", "title": "T", "publisher": "They", "reviewed_on": content.DAY}
    content.write(folder, "sources-more.yml", {"sources": [more]})
    assert set(load_library(folder).sources) == {"ours", "theirs"}


# One mistake, one line

PRACTICES = "models/practices/creation.yml"
MISTAKES = [
    # YAML itself
    pytest.param(
        "thresholds.yml",
        "share_percent: 75",
        "share_percent: 75\nshare_percent: 80",
        "thresholds.yml: line 2: the key share_percent already stands in line 1; keep one",
        id="duplicate key",
    ),
    pytest.param(
        "tools/pytest.yml",
        "licence:",
        "no:",
        "tools/pytest.yml: line 3: the bare key no means true or false in YAML; put it in quotes",
        id="bare no key",
    ),
    pytest.param(
        "tools/pytest.yml",
        "licence:",
        "On:",
        "tools/pytest.yml: line 3: the bare key On means true or false in YAML; put it in quotes",
        id="bare on key",
    ),
    pytest.param(
        "tools/pytest.yml",
        "licence:",
        "7:",
        "tools/pytest.yml: line 3: the key 7 is not text; put it in quotes",
        id="number as key",
    ),
    pytest.param(
        "thresholds.yml",
        "75",
        "[75",
        "thresholds.yml: line 2: is not valid YAML (did not find expected ',' or ']'); correct it",
        id="no YAML",
    ),
    pytest.param(
        "sources.yml",
        "2026-11-20",
        "2026-13-20",
        "sources.yml: file: holds an impossible value (month must be in 1..12); correct it",
        id="impossible date",
    ),
    # one record
    pytest.param(
        "tools/pytest.yml",
        "licence:",
        "license:",
        "tools/pytest.yml: license: is not a known key; remove it or correct its spelling",
        id="unknown key",
    ),
    pytest.param(
        "tools/pytest.yml", "name: pytest\n", "", "tools/pytest.yml: name: is missing; add it", id="missing field"
    ),
    pytest.param(
        "tools/pytest.yml",
        "licence: MIT",
        "licence: no",
        "tools/pytest.yml: licence: must be text; words such as yes, no and numbers need quotes,"
        " as does text with a colon",
        id="bare no as text",
    ),
    pytest.param(
        "tools/pytest.yml", "licence: MIT", "licence: ''", "tools/pytest.yml: licence: is empty; write it", id="empty"
    ),
    pytest.param(
        "tools/pytest.yml",
        "licence: MIT",
        f"licence: {'x' * 61}",
        "tools/pytest.yml: licence: is too long; keep it within 60 characters",
        id="too long",
    ),
    pytest.param(
        "tools/pytest.yml",
        "reviewed_on: 2026-11-20",
        "reviewed_on: November",
        "tools/pytest.yml: reviewed_on: must be a day such as 2026-11-20",
        id="no date",
    ),
    pytest.param(
        "tools/pytest.yml",
        "licence: MIT",
        "licence: MIT\nurl: http://example.com",
        "tools/pytest.yml: url: must be an https address",
        id="http address",
    ),
    pytest.param(
        "thresholds.yml",
        "75",
        "'75'",
        "thresholds.yml: share_percent: must be a whole number",
        id="text for a number",
    ),
    pytest.param(
        "thresholds.yml", "75", "true", "thresholds.yml: share_percent: must be a whole number", id="true for a number"
    ),
    pytest.param("thresholds.yml", "75", "101", "thresholds.yml: share_percent: must be at most 100", id="too large"),
    pytest.param(
        PRACTICES,
        "gate: true",
        "gate: 1",
        f"{PRACTICES}: practices.M1-C-1.gate: must be true or false",
        id="number for true",
    ),
    pytest.param(
        PRACTICES,
        "gate: true",
        "gate: true\n  sorces: [ours]",
        f"{PRACTICES}: practices.M1-C-1.sorces: is not a known key; remove it or correct its spelling",
        id="unknown key in a list",
    ),
    pytest.param(
        PRACTICES,
        "id: M1-C-1",
        "ident: M1-C-1",
        f"{PRACTICES}: practices[2]: needs the field id as text; add it",
        id="record without id",
    ),
    pytest.param(
        PRACTICES,
        "practices:",
        "practises:",
        f"{PRACTICES}: practices: must be a list of records; add it",
        id="wrong list",
    ),
    pytest.param(
        "facts.yml",
        "kind: count",
        "kind: number",
        "facts.yml: facts.use_cases.kind: must be 'choice', 'count', 'yes-no' or 'tools'",
        id="unlisted value",
    ),
    pytest.param(
        PRACTICES,
        "  keeps_months: 12\n",
        "",
        f"{PRACTICES}: practices.M1-C-1.keeps_months: is missing; add it",
        id="practice without a shelf life",
    ),
    pytest.param(
        PRACTICES,
        "keeps_months: 12",
        "keeps_months: 0",
        f"{PRACTICES}: practices.M1-C-1.keeps_months: must be at least 1",
        id="practice that ages at once",
    ),
    pytest.param(
        "facts.yml",
        "  keeps_months: 3\n",
        "",
        "facts.yml: facts.use_cases.keeps_months: is missing; add it",
        id="fact without a shelf life",
    ),
    pytest.param(
        "facts.yml",
        "keeps_months: 3",
        "keeps_months: 25",
        "facts.yml: facts.use_cases.keeps_months: must be at most 24",
        id="fact that keeps too long",
    ),
    pytest.param(
        "target.yml",
        "at_least: 20",
        "atleast: 20",
        "target.yml: needs.N1.when[1]: is not a condition; give one of one_of, none_of, at_least, more_than,"
        " overall_at_least, answered_yes, any_need, ready, not_ready, not_fired, any_of",
        id="no condition",
    ),
    pytest.param(
        "target.yml",
        "any_need: true",
        "any_need: false",
        "target.yml: rules.T1.when[2].any_need: must be true",
        id="condition of a wrong value",
    ),
    # between records
    pytest.param(
        "capabilities/testing.yml",
        "- pytest",
        "- pytset",
        "capabilities/testing.yml: tools: names pytset, which is not among the tools; add it there or correct it",
        id="unknown tool",
    ),
    pytest.param(
        "tools/pytest.yml",
        "slug: pytest",
        "slug: py-test",
        "tools/pytest.yml: slug: must be pytest, as the file's name says",
        id="file name",
    ),
    pytest.param(
        "tools/pytest.yml",
        "licence: MIT",
        "licence: MIT\nsources: [elsewhere]",
        "tools/pytest.yml: sources: names elsewhere, which is not among the sources; add it there or correct it",
        id="unknown source",
    ),
    pytest.param(
        "models/practices/others.yml",
        "same_as: M2-C-1",
        "same_as: M2-C-9",
        "models/practices/others.yml: practices.G1-1.same_as: names M2-C-9, which is not among the practices;"
        " add it there or correct it",
        id="unknown twin",
    ),
    pytest.param(
        "models/practices/others.yml",
        "same_as: M2-C-1",
        "same_as: X-owner",
        "models/practices/others.yml: practices.G1-1.same_as: only a Google practice may repeat a Microsoft practice;"
        " give the M id",
        id="twin outside Microsoft's model",
    ),
    pytest.param(
        "models/practices/others.yml",
        "id: M1-A-1",
        "id: M1-C-1",
        "models/practices/others.yml: practices.M1-C-1: stands already in models/practices/creation.yml; keep one",
        id="id twice",
    ),
    pytest.param(
        "models/practices/others.yml",
        "title: Builds",
        "title: data pipeline",
        "models/practices/others.yml: practices.M1-A-1.title: is also the title of M1-C-1; tell them apart",
        id="title twice",
    ),
    pytest.param(
        "models/google.yml",
        "number: 2",
        "number: 3",
        "models/google.yml: levels: must be 0, 1, 2 in this order, without gaps",
        id="gap in levels",
    ),
    pytest.param(
        "target.yml",
        "- live",
        "- gone",
        "target.yml: rules.T1.when: compares stage with 'gone', which it never is; correct the value",
        id="value a fact never has",
    ),
    pytest.param(
        "target.yml",
        "fact: stage",
        "fact: stages",
        "target.yml: rules.T1.when: names stages, which is not among the facts; add it there or correct it",
        id="unknown fact",
    ),
    pytest.param(
        "target.yml",
        "at_least: 20",
        "at_least: many",
        "target.yml: needs.N1.when: names the threshold many; thresholds.yml knows share_percent, several_use_cases,"
        " many_use_cases",
        id="unknown threshold",
    ),
    pytest.param(
        "target.yml",
        "fact: use_cases",
        "fact: stage",
        "target.yml: needs.N1.when: counts stage, which is no number; use one_of",
        id="counting a choice",
    ),
    pytest.param(
        "target.yml",
        "any_need: true",
        "answered_yes: [M1-C-7]",
        "target.yml: rules.T1.when: names M1-C-7, which is not among the practices; add it there or correct it",
        id="unknown practice in a rule",
    ),
    pytest.param(
        "target.yml",
        "any_need: true",
        "not_ready: [R1, R9]",
        "target.yml: rules.T1.when: names R9, which is not among the readiness points; add it there or correct it",
        id="unknown readiness point",
    ),
    pytest.param(
        "target.yml",
        "any_need: true",
        "not_fired: T1",
        "target.yml: rules.T1.when: names T1, which is not among the rules before it; add it there or correct it",
        id="a rule that waits for itself",
    ),
    pytest.param(
        "target.yml",
        "overall_at_least: 3",
        "overall_at_least: 5",
        "target.yml: readiness.R1.when: asks for level 5; levels are 0 to 4",
        id="level 5",
    ),
    pytest.param(
        "target.yml",
        "{use_cases}",
        "{usecases}",
        "target.yml: rules.T1.reason: names usecases, which is not among the facts; add it there or correct it",
        id="unknown fact in braces",
    ),
    pytest.param(
        "facts.yml",
        "kind: count",
        "kind: count\n  default_from: use_case",
        "facts.yml: facts.use_cases.default_from: names use_case, which is not among the facts;"
        " add it there or correct it",
        id="default from an unknown fact",
    ),
    pytest.param(
        "facts.yml",
        "kind: count",
        "kind: count\n  default: -1",
        "facts.yml: facts.use_cases.default: -1 does not fit the kind count; correct it",
        id="default out of range",
    ),
    pytest.param(
        "tools/pytest.yml",
        "licence: MIT",
        "licence: MIT\ncaution: Stopped.\navoid_for_new_work: true",
        "capabilities/testing.yml: tools: begin with pytest, which is not for new work; put another first",
        id="an avoided tool first",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_place_and_the_way_out(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    content.replace(folder, file, old, new)
    assert said in check(folder)


LONELY = [mistake for mistake in MISTAKES if mistake.id not in ("bare no key", "bare on key", "number as key")]


@pytest.mark.parametrize(("file", "old", "new", "said"), LONELY)
def test_what_follows_from_a_mistake_is_not_told_as_well(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    content.replace(folder, file, old, new)
    about = {problem.partition(": ")[0] for problem in check(folder)}
    assert about == {said.partition(": ")[0]}


def test_all_problems_are_told_at_once(folder: Path) -> None:
    content.replace(folder, "thresholds.yml", "75", "101")
    content.replace(folder, "facts.yml", "kind: count", "kind: number")
    content.replace(folder, "tools/pytest.yml", "licence: MIT\n", "")
    content.replace(folder, "capabilities/testing.yml", "- pytest", "- pytset")
    with pytest.raises(ContentError) as caught:
        load_library(folder)
    assert caught.value.problems == (
        "facts.yml: facts.use_cases.kind: must be 'choice', 'count', 'yes-no' or 'tools'",
        "thresholds.yml: share_percent: must be at most 100",
        "tools/pytest.yml: licence: is missing; add it",
        "capabilities/testing.yml: tools: names pytset, which is not among the tools; add it there or correct it",
    )
    assert str(caught.value) == "\n".join(caught.value.problems)


@pytest.mark.parametrize("file", sorted(set(content.FILES) - {"models/practices/others.yml"}))
def test_a_missing_file_is_a_problem_and_no_crash(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(ContentError) as caught:
        load_library(folder)
    assert len(caught.value.problems) >= 1


def test_an_empty_folder_lists_everything_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load_library(tmp_path)
    assert caught.value.problems == (
        "models/practices/*.yml: file: is missing; add it",
        "sources*.yml: file: is missing; add it",
        "facts.yml: file: is missing; add it",
        "answers/*.yml: file: is missing; add it",
        "asking/families*.yml: file: is missing; add it",
        "asking/pages*.yml: file: is missing; add it",
        "asking/declined*.yml: file: is missing; add it",
        "capabilities/*.yml: file: is missing; add it",
        "tools/*.yml: file: is missing; add it",
        "models/microsoft.yml: file: is missing; add it",
        "models/google.yml: file: is missing; add it",
        "target.yml: file: is missing; add it",
        "thresholds.yml: file: is missing; add it",
        "asking/words.yml: file: is missing; add it",
    )


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "facts.yml: file: is empty; fill it or remove it"),
        (b"# only a comment\n", "facts.yml: file: is empty; fill it or remove it"),
        (b"facts: \xff\n", "facts.yml: file: is not UTF-8 text; save it as UTF-8"),
        (b"- a list\n", "facts.yml: file: must hold keys and values; see the other files like it"),
        (b"facts: {}\n", "facts.yml: facts: must be a list of records; add it"),
        (b"facts: []\nmore: 1\n", "facts.yml: more: is unknown here; move it below facts"),
    ],
)
def test_a_file_that_holds_nothing_usable_is_a_problem(folder: Path, raw: bytes, said: str) -> None:
    (folder / "facts.yml").write_bytes(raw)
    assert said in check(folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("facts: !!bool maybe", "facts.yml: file: holds a value that does not fit its tag; correct it"),
        ("facts: !!timestamp soon", "facts.yml: file: holds a value that does not fit its tag; correct it"),
        ("facts: !!int many", "holds an impossible value"),
        ("facts: !!python/name:os.system", "facts.yml: line 1: is not valid YAML (could not determine a constructor"),
        ("facts: &here [*here]", "facts.yml: line 1: is not valid YAML (found unconstructable recursive node)"),
        ("facts: " + "[" * 5000 + "]" * 5000, "facts.yml: file: is nested too deeply; flatten it"),
        ("? [a, b]\n: c", "facts.yml: line 1: a key must be one word of text; rewrite it"),
        ("a: 1\n---\nb: 2", "facts.yml: line 2: is not valid YAML (but found another document); correct it"),
    ],
)
def test_strange_yaml_is_a_problem_and_no_crash(folder: Path, text: str, said: str) -> None:
    content.write(folder, "facts.yml", text)
    assert any(said in problem for problem in check(folder))


@settings(deadline=None)
@given(st.text(alphabet="abyesno-:?[]{},&*!|>%@'\"#~ \n\t0123", max_size=60))
def test_no_text_at_all_crashes_the_reader(text: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "any.yml"
        path.write_text(text, encoding="utf-8")
        found = read_yaml(path, "any.yml")
    assert found.data is not None or found.problems
    assert all(problem.startswith("any.yml: ") and "\n" not in problem for problem in found.problems)


# A company's overlay


def test_an_overlay_adds_a_tool_and_leaves_the_rest(overlay: Path) -> None:
    content.write(overlay, "tools/house-runner.yml", content.tool("house-runner", "House runner"))
    found, base = load_library(overlay=overlay), load_library()
    assert found.tools["house-runner"].name == "House runner"
    assert set(found.tools) == {*base.tools, "house-runner"}
    assert found.practices == base.practices
    assert found.version != base.version


def test_an_overlay_changes_the_fields_it_names_and_no_other(overlay: Path) -> None:
    ours = {"id": "M2-C-1", "evidence": "a link to the run in our own runner."}
    content.write(overlay, "models/practices/ours.yml", {"practices": [ours]})
    found, base = load_library(overlay=overlay).practices["M2-C-1"], load_library().practices["M2-C-1"]
    assert found == base.model_copy(update={"evidence": "a link to the run in our own runner."})


def test_an_overlay_moves_one_threshold(overlay: Path) -> None:
    content.write(overlay, "thresholds.yml", {"several_use_cases": 5})
    found = load_library(overlay=overlay).thresholds
    assert (found.share_percent, found.several_use_cases, found.many_use_cases) == (75, 5, 20)


def test_an_overlay_rewords_one_level_and_one_rule(overlay: Path) -> None:
    content.write(overlay, "models/microsoft.yml", {"levels": [{"number": 2, "enough_when": "Our words."}]})
    content.write(overlay, "target.yml", {"rules": [{"id": "T2-audit", "reason": "Our auditors ask for it."}]})
    found, base = load_library(overlay=overlay), load_library()
    assert found.level(2).enough_when == "Our words."
    assert found.level(2).name == base.level(2).name
    assert found.level(3) == base.level(3)
    assert [rule.id for rule in found.target.rules] == [rule.id for rule in base.target.rules]
    assert next(rule for rule in found.target.rules if rule.id == "T2-audit").reason == "Our auditors ask for it."


def test_a_problem_of_an_overlay_names_the_overlays_file(overlay: Path) -> None:
    content.write(overlay, "models/practices/ours.yml", {"practices": [{"id": "M2-C-1", "effort": "years"}]})
    assert check(overlay) == (
        "models/practices/ours.yml: practices.M2-C-1.effort: must be 'days', 'weeks' or 'months'",
    )


def test_a_reference_an_overlay_breaks_is_told_with_the_overlays_file(overlay: Path) -> None:
    content.write(overlay, "models/practices/ours.yml", {"practices": [{"id": "M2-C-1", "sources": ["house"]}]})
    (problem,) = check(overlay)
    assert problem == (
        "models/practices/ours.yml: practices.M2-C-1.sources: names house, which is not among the sources;"
        " add it there or correct it"
    )


@pytest.mark.parametrize("file", ["tool/house.yml", "tools/house.yaml", "thresholds.yaml"])
def test_a_file_of_an_overlay_that_nothing_reads_is_a_problem(overlay: Path, file: str) -> None:
    content.write(overlay, file, content.tool("house", "House"))
    problems = check(overlay)
    assert len(problems) == 1
    assert problems[0].startswith(f"{file}: file: is read by nothing; content stands in models/practices/*.yml,")


def test_an_overlay_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert check(gone) == (f"{gone}: folder: is not there; name an existing folder or leave the setting empty",)


def test_what_was_checked_is_what_is_read(folder: Path, overlay: Path) -> None:
    content.write(overlay, "thresholds.yml", {"several_use_cases": 5})
    assert len(library_of(folder).practices) == 5
    assert len(library_of(overlay).practices) == 69
    assert library_of(overlay).thresholds.several_use_cases == 5


def test_a_complete_folder_is_checked_by_itself_and_a_partial_one_as_an_overlay(folder: Path) -> None:
    assert check(folder) == ()
    content.replace(folder, "thresholds.yml", "75", "0")
    assert check(folder) == ("thresholds.yml: share_percent: must be at least 1",)
    (folder / "target.yml").unlink()  # no longer complete: laid over our rules, which know other stages
    assert (
        "target.yml: rules.T0-exploring.when: compares stage with 'personal', which it never is; correct the value"
    ) in check(folder)
