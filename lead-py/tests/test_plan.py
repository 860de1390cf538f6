"""What a query would ask, and why."""

import pickle
from typing import Any

import lead
import pytest

TRIANGLE = {"type": "Polygon", "coordinates": [[[4.7, 45.6], [5.0, 45.6], [4.7, 45.9], [4.7, 45.6]]]}


def test_a_query_is_understood() -> None:
    made = lead.plan("beste Zahnärzte bei Berlin", near="Berlin", radius=5_000)
    assert (made.what, made.place, made.intent, made.language) == ("Zahnärzte", "Berlin", "best", "de")
    assert made.trades[0].naics == ["621210"] and "dentists" in made.variants
    assert [(ask.source, ask.words) for ask in made.asks] == [("osm", "beste Zahnärzte bei Berlin")]
    assert "Where    5000 m around Berlin" in str(made)
    assert pickle.loads(pickle.dumps(made)) == made
    assert made.to_dict()["query"]["radius"] == 5_000


def test_areas_and_templates() -> None:
    assert lead.plan("bakeries", bbox=(4.7, 45.6, 5.0, 45.9)).cells == [[4.7, 45.6, 5.0, 45.9]]
    assert lead.plan("bakeries", area=TRIANGLE).cells == [[4.7, 45.6, 5.0, 45.9]]
    assert lead.plan("bakeries", expand=False).variants == []
    fixed = lead.plan("bakeries", templates=["top {what}", "{what} contact"], order="fixed")
    assert fixed.fixed and fixed.variants == ["top bakeries", "bakeries contact"]


@pytest.mark.parametrize(
    "options",
    [{"radius": 5.0}, {"near": "Lyon", "radius": -1.0}, {"bbox": (0, 5, 1, 2)}, {"area": {"type": "Point"}}],
)
def test_what_means_nothing_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(lead.InvalidInputError):
        lead.plan("bakeries", **options)
    with pytest.raises(lead.ConfigError):
        lead.plan("bakeries", templates=["{who}"])
