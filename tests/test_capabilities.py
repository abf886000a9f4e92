"""Technology advice: every capability has tools one can start with, and nothing has aged without saying so."""

import datetime as dt
import re

import pytest

from knowledge.content import Capability, Tool
from knowledge.library import load_library

LIBRARY = load_library()
CAPABILITIES = list(LIBRARY.capabilities.values())
TOOLS = list(LIBRARY.tools.values())
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SELLING = re.compile(
    r"\b(seamless|robust|powerful|leverage|best-in-class|cutting-edge|world-class|simply|easily)\b", re.IGNORECASE
)


def each(records: list[Capability] | list[Tool]) -> pytest.MarkDecorator:
    """Run a test once per record, named by its slug."""
    return pytest.mark.parametrize("record", records, ids=[record.slug for record in records])


def test_the_twenty_capabilities_are_there() -> None:
    assert set(LIBRARY.capabilities) == {
        "experiment-tracking",
        "model-registry",
        "data-versioning",
        "reproducibility",
        "pipeline-orchestration",
        "continuous-training",
        "feature-store",
        "ci-cd",
        "testing",
        "model-serving",
        "progressive-delivery",
        "monitoring",
        "data-validation",
        "lineage",
        "infrastructure-as-code",
        "governance",
        "explainability",
        "collaboration",
        "llmops",
        "zero-downtime",
    }


@pytest.mark.parametrize(
    "slug",
    [
        "mlflow",
        "weights-and-biases",
        "dvc",
        "kubeflow",
        "airflow",
        "feast",
        "evidently",
        "kserve",
        "bentoml",
        "seldon",
        "ray",
        "metaflow",
        "zenml",
        "prefect",
        "dagster",
        "flyte",
        "great-expectations",
        "sagemaker",
        "vertex-ai",
        "azure-ml",
        "databricks",
        "github-actions",
        "argo",
        "terraform",
        "opentofu",
        "pytest",
        "git",
    ],
)
def test_a_tool_is_known_under_its_usual_name(slug: str) -> None:
    assert slug in LIBRARY.tools


@each(CAPABILITIES)
def test_a_capability_offers_at_least_two_tools_to_start_with(record: Capability) -> None:
    fresh = [slug for slug in record.tools if not LIBRARY.tools[slug].avoid_for_new_work]
    assert len(fresh) >= 2


@each(CAPABILITIES)
def test_tools_not_for_new_work_come_last(record: Capability) -> None:
    avoided = [LIBRARY.tools[slug].avoid_for_new_work for slug in record.tools]
    assert avoided == sorted(avoided)


@each(CAPABILITIES)
def test_a_capability_says_what_it_is_and_why_in_whole_sentences(record: Capability) -> None:
    assert record.what.endswith(".")
    assert record.why.endswith(".")
    assert record.what != record.why
    assert record.sources
    assert not SELLING.search(f"{record.what} {record.why}")


@each(TOOLS)
def test_a_tool_is_served_by_some_capability(record: Tool) -> None:
    assert any(record.slug in capability.tools for capability in CAPABILITIES)


@each(TOOLS)
def test_when_to_choose_a_tool_goes_on_after_choose_it(record: Tool) -> None:
    assert record.choose_when.startswith(("when ", "whenever ", "before ", "only when "))
    assert not record.choose_when.endswith(".")
    assert not SELLING.search(record.choose_when)


@each([tool for tool in TOOLS if tool.avoid_for_new_work])
def test_a_tool_not_for_new_work_says_so_and_why(record: Tool) -> None:
    assert record.choose_when.startswith("only when ")
    assert record.caution


@each([tool for tool in TOOLS if not tool.avoid_for_new_work])
def test_a_tool_for_new_work_is_not_only_for_those_who_have_it(record: Tool) -> None:
    assert not record.choose_when.startswith("only when ")


@each([tool for tool in TOOLS if tool.caution])
def test_a_caution_is_made_of_whole_sentences(record: Tool) -> None:
    assert (record.caution or "").endswith(".")


@each([tool for tool in TOOLS if re.search(r"owned|bought|belongs", tool.caution or "") and tool.slug != "neptune"])
def test_news_about_an_owner_says_as_of_which_month(record: Tool) -> None:
    assert re.search(rf"As of ({MONTHS}) 20\d\d: ", record.caution or "")


@each(TOOLS)
def test_a_tool_was_reviewed_and_names_its_sources(record: Tool) -> None:
    assert record.reviewed_on == dt.date(2026, 11, 20)
    assert record.sources


@each([tool for tool in TOOLS if tool.kind == "open-source"])
def test_open_source_is_said_only_of_licences_that_are(record: Tool) -> None:
    assert not re.search(r"BSL|SSPL|Elastic|Proprietary|Business Source", record.licence)


@pytest.mark.parametrize(
    ("slug", "fact"),
    [
        ("neptune", "5 March 2026"),
        ("airflow", "22 April 2026"),
        ("seldon", "22 January 2024"),
        ("vertex-ai", "17 February 2027"),
        ("vertex-feature-store", "17 February 2027"),
        ("azure-ml", "30 June 2026"),
        ("prompt-flow", "20 April 2027"),
        ("sagemaker-model-monitor", "Closed to new customers"),
        ("sagemaker-clarify", "Closed to new customers"),
        ("torchserve", "no longer maintained"),
        ("dvc", "November 2025"),
        ("mlflow", "deprecated since 2.9"),
        ("kubernetes", "No level asks for it"),
    ],
)
def test_what_has_ended_or_will_end_is_told(slug: str, fact: str) -> None:
    assert fact in (LIBRARY.tools[slug].caution or "")


def test_tools_that_ended_are_not_for_new_work() -> None:
    avoided = {slug for slug, tool in LIBRARY.tools.items() if tool.avoid_for_new_work}
    assert avoided == {
        "alibi",
        "cml",
        "featureform",
        "helicone",
        "neptune",
        "prompt-flow",
        "sagemaker-clarify",
        "sagemaker-model-monitor",
        "seldon",
        "statsig",
        "tecton",
        "torchserve",
        "vertex-feature-store",
        "whylogs",
    }


@pytest.mark.parametrize("slug", sorted({practice.capability for practice in LIBRARY.practices.values()}))
def test_every_capability_that_a_practice_needs_is_there_at_its_level(slug: str) -> None:
    levels = [
        practice.level
        for practice in LIBRARY.practices.values()
        if practice.capability == slug and practice.model == "microsoft" and practice.level is not None
    ]
    assert LIBRARY.capabilities[slug].from_level <= min(levels, default=4)
