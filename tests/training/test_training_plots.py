"""The figures show the numbers they were given, and say what they are."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("torch", reason="training has an environment of its own; see README")

from matplotlib.figure import Figure

from training.command import REFUSED
from training.evaluation.figures import (
    COMPONENTS,
    before_after,
    by_demonstrations,
    reward_curve,
)
from training.evaluation.gains import PlotError, gain
from training.evaluation.plots import PlotSettings, draw, main, read_run, untrained

LEVELS: Final = ("easy", "medium", "hard", "all")
RUNS: Final = {
    f"seed {seed}": dict.fromkeys(range(5), 0.3 + gap) for seed, gap in ((0, 0.0), (2, 0.2))
}
LEVEL: Final = {"untrained (train inboxes)": 0.1}


def _estimate(mean: float) -> dict[str, Any]:
    return {"mean": mean, "inboxes": [mean, mean], "casts": None, "storylines": [mean / 2, mean]}


def _result(mean: float, index: int = 0) -> dict[str, Any]:
    level = {
        "inboxes": 6,
        "score": _estimate(mean),
        "parts": {"overall": _estimate(mean), "primary": _estimate(mean / 2)},
        "components": {name: {"share": _estimate(mean)} for name in COMPONENTS},
    }
    episodes = [
        {
            "task_id": f"test-{name}-{number}",
            "difficulty": name,
            "items": [[number, mean], [number + 1, mean]],
        }
        for name in LEVELS[:3]
        for number in (index, index + 1)
    ]
    return {"split": "test", "levels": dict.fromkeys(LEVELS, level), "episodes": episodes}


def _texts(figure: Figure) -> str:
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    shown = [figure.get_suptitle(), figure.get_supxlabel(), *legend]
    for axes in figure.axes:
        shown += [axes.get_title(), *(tick.get_text() for tick in axes.get_xticklabels())]
        shown += [text.get_text() for text in axes.texts]
    return "\n".join(shown)


def test_reward_curve_is_labelled() -> None:
    """The axes are named as agreed, every seed is, and the legend lies outside the data."""
    figure = reward_curve(RUNS, LEVEL)
    (axes,) = figure.axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("Training Step", "Reward")
    figure.draw_without_rendering()
    (legend,) = figure.legends
    names = [text.get_text() for text in legend.get_texts()]
    assert names == ["seed 0", "seed 2", "mean of 2 runs", "untrained (train inboxes)"]
    assert not legend.get_window_extent().overlaps(axes.get_window_extent())


def test_reward_curve_shows_seeds_mean_and_baseline() -> None:
    """A line for each seed and one for their mean; the dots are the untrained policy."""
    (axes,) = reward_curve(RUNS, LEVEL).axes
    *curves, middle, dotted = axes.get_lines()
    assert [list(curve.get_ydata()) for curve in curves] == [
        pytest.approx([0.3] * 5), pytest.approx([0.5] * 5),
    ]  # fmt: skip
    assert list(middle.get_ydata()) == pytest.approx([0.4] * 5)
    assert list(dotted.get_ydata()) == [0.1, 0.1]
    assert dotted.get_linestyle() == ":"
    (alone,) = reward_curve({"seed 0": RUNS["seed 0"]}, LEVEL).axes
    assert len(alone.get_lines()) == 2


def test_reward_curve_takes_common_steps() -> None:
    """A run that has not got as far as the others shortens the curve; strangers draw none."""
    short = dict.fromkeys(range(3), 0.3)
    (axes,) = reward_curve({**RUNS, "seed 3": short}, LEVEL).axes
    assert list(axes.get_lines()[0].get_xdata()) == [0, 1, 2]
    with pytest.raises(PlotError, match="no step in common"):
        reward_curve({**RUNS, "seed 3": {9: 0.3}}, LEVEL)


def test_untrained_reward_is_the_mean_over_seeds() -> None:
    """It says what was played."""
    assert untrained("base", [_result(0.2), _result(0.4)]) == {
        "base (test inboxes)": pytest.approx(0.3)
    }


def test_before_after_shows_all_stages() -> None:
    """Bars are means over the seeds, whiskers the widest interval, ticks the gain."""
    figure = before_after(
        {"before": [_result(0.2)], "after": [_result(0.5), _result(0.7)]},
    )
    for axes, names in zip(figure.axes, (LEVELS, tuple(COMPONENTS)), strict=True):
        heights = [bar.get_height() for bar in axes.patches]
        assert heights == pytest.approx([0.2] * len(names) + [0.6] * len(names))
        whiskers = [end for line in axes.get_lines() for end in line.get_ydata()]
        assert whiskers == pytest.approx([0.1, 0.2] * len(names) + [0.3, 0.6] * len(names))
    shown = _texts(figure)
    for words in ("held-out test inboxes", "before", "after", "storylines", "mean over the seeds"):
        assert words in shown
    assert "hard\ngain +0.40\n+0.40 to +0.40" in shown


def test_scores_stand_over_their_demonstrations() -> None:
    """The untrained model stands at none, and what the reward added above what it began from."""
    curve = {0: [_result(0.0)], 8: [_result(0.2), _result(0.3)], 32: [_result(0.4)]}
    figure = by_demonstrations(curve, {8: [_result(0.6)]})
    (axes,) = figure.axes
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0", "8", "32"]
    lines = {str(line.get_label()): line for line in axes.get_lines()}
    assert list(lines["supervised alone"].get_ydata()) == pytest.approx([0.0, 0.25, 0.4])
    assert list(lines["and then the reward"].get_xdata()) == [1]
    assert axes.get_xlabel() == "Demonstrated inboxes"


def test_a_gain_is_over_all_seeds() -> None:
    """Each mail counts once, with the mean of what it earned."""
    found = gain([_result(0.2)], [_result(0.5), _result(0.7)])
    assert found.mean == pytest.approx(0.4)
    assert found.interval == pytest.approx([0.4, 0.4])


def test_texts_do_not_overlap() -> None:
    """No two texts of a figure cover each other."""
    stages = {name: [_result(0.9)] for name in ("before", "between", "after")}
    for figure in (before_after(stages), reward_curve(RUNS, LEVEL)):
        figure.draw_without_rendering()
        boxes = [
            text.get_window_extent()
            for axes in figure.axes
            for text in (axes.title, *axes.get_xticklabels(), *axes.texts)
        ]
        boxes += [legend.get_window_extent() for legend in figure.legends]
        for number, box in enumerate(boxes):
            assert not any(box.overlaps(other) for other in boxes[:number])


def test_other_inboxes_are_not_compared() -> None:
    """Evaluations of different inboxes are no before and after."""
    with pytest.raises(PlotError, match="different inboxes"):
        before_after({"before": [_result(0.2)], "after": [_result(0.6, index=1)]})


def _write(folder: Path, name: str, value: Mapping[str, Any]) -> str:
    (folder / name).write_text(f"{json.dumps(value)}\n", encoding="utf-8")
    return str(folder / name)


def test_command_writes_both_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command reads what trainer and evaluation wrote, and draws two images."""
    line = {"step": 1, "reward/overall": 0.4, "episode/score": 0.3}
    history = _write(tmp_path, "run.jsonl", line)
    before = _write(tmp_path, "before.json", _result(0.2))
    after = _write(tmp_path, "after.json", _result(0.6))
    output = tmp_path / "plots"
    files = {"history": [Path(history)], "before": [Path(before)], "after": [Path(after)]}
    draw(PlotSettings(**files, output=output))
    names = sorted(path.name for path in output.iterdir())
    assert names == ["before_after.png", "reward_curve.png"]
    asked = ["--history", history, history, "--before", history, "--after", after]
    assert main(asked) == REFUSED
    assert "is no evaluation" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", "holds no step", id="empty"),
        pytest.param("not json\n", "no history of a trainer", id="no-json"),
        pytest.param('{"step": 1}\n', "no history of a trainer", id="no-reward"),
    ],
)
def test_broken_histories_are_refused(text: str, words: str, tmp_path: Path) -> None:
    """A file that holds no rewards is named, and nothing is drawn from it."""
    path = tmp_path / "run.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlotError, match=words):
        read_run(path)
