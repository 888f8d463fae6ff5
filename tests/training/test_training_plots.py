"""The figures show the numbers they were given, and say what they are."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("torch", reason="training has an environment of its own; see README")

from matplotlib.figure import Figure

from training.command import REFUSED
from training.evaluation.figures import COMPONENTS, PlotError, before_after, reward_curve
from training.evaluation.plots import PlotSettings, draw, main, read_run

LEVELS: Final = ("easy", "medium", "hard", "all")
RUNS: Final = [
    {step: {"overall": 0.3 + gap, "primary": 0.2 + gap} for step in range(5)} for gap in (0.0, 0.2)
]


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
    """The axes are named as agreed, and the legend lies outside the data."""
    figure = reward_curve(RUNS, _result(0.1))
    (axes,) = figure.axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("Training Step", "Reward")
    assert "mean of 2 seeds" in axes.get_title()
    figure.draw_without_rendering()
    legend = figure.legends[0].get_window_extent()
    assert not legend.overlaps(axes.get_window_extent())


def test_reward_curve_shows_mean_band_and_baseline() -> None:
    """The line is the mean over the seeds, the band their range, the dots the untrained policy."""
    (axes,) = reward_curve(RUNS, _result(0.1)).axes
    curve, dotted, *_ = axes.get_lines()
    assert list(curve.get_ydata()) == pytest.approx([0.4] * 5)
    assert list(dotted.get_ydata()) == [0.1, 0.1]
    assert dotted.get_linestyle() == ":"
    assert "untrained (test inboxes)" in str(dotted.get_label())
    box = axes.collections[0].get_paths()[0].get_extents()
    assert (box.y0, box.y1) == pytest.approx((0.3, 0.5))


def test_reward_curve_takes_common_steps() -> None:
    """A run that has not got as far as the others shortens the curve; strangers draw none."""
    short = {step: RUNS[0][step] for step in range(3)}
    (axes,) = reward_curve([RUNS[1], short], _result(0.1)).axes
    assert list(axes.get_lines()[0].get_xdata()) == [0, 1, 2]
    with pytest.raises(PlotError, match="no step in common"):
        reward_curve([RUNS[0], {9: RUNS[0][0]}], _result(0.1))


def test_before_after_shows_both() -> None:
    """Bars have the heights of the evaluations, whiskers the widest interval, ticks the gain."""
    figure = before_after(_result(0.2), _result(0.6))
    for axes, names in zip(figure.axes, (LEVELS, tuple(COMPONENTS)), strict=True):
        heights = [bar.get_height() for bar in axes.patches]
        assert heights == [0.2] * len(names) + [0.6] * len(names)
        whiskers = [list(line.get_ydata()) for line in axes.get_lines()]
        assert whiskers == [[0.1, 0.2]] * len(names) + [[0.3, 0.6]] * len(names)
    shown = _texts(figure)
    for words in ("held-out test inboxes", "before training", "after training", "storylines"):
        assert words in shown
    assert "hard\ngain +0.40\n+0.40 to +0.40" in shown


def test_texts_do_not_overlap() -> None:
    """No two texts of a figure cover each other."""
    for figure in (before_after(_result(0.2), _result(0.9)), reward_curve(RUNS, _result(0.1))):
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
        before_after(_result(0.2), _result(0.6, index=1))


def _write(folder: Path, name: str, value: Mapping[str, Any]) -> str:
    (folder / name).write_text(f"{json.dumps(value)}\n", encoding="utf-8")
    return str(folder / name)


def test_command_writes_both_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command reads what trainer and evaluation wrote, and draws two images."""
    line = {"step": 1, "reward/overall": 0.4, "reward/primary": 0.3, "episode/score": 0.3}
    history = _write(tmp_path, "run.jsonl", line)
    before = _write(tmp_path, "before.json", _result(0.2))
    after = _write(tmp_path, "after.json", _result(0.6))
    output = tmp_path / "plots"
    files = {"history": [Path(history)], "before": Path(before), "after": Path(after)}
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
