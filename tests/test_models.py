"""The six models carry exactly the names and fields that the owner specified."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import models
from models import (
    EmailObservation,
    EnvironmentState,
    ResetResult,
    RewardResult,
    StepResult,
    TriageAction,
)

FIELDS: dict[type[BaseModel], set[str]] = {
    EmailObservation: {
        "email_id", "subject", "body", "sender", "timestamp",
        "thread_history", "task_id", "step_number", "total_emails",
    },
    TriageAction: {"label", "summary", "route_to"},
    RewardResult: {"score", "breakdown", "feedback"},
    EnvironmentState: {
        "task_id", "current_step", "total_steps", "done", "action_history", "reward_history",
    },
    StepResult: {"observation", "reward", "done", "info"},
    ResetResult: {"observation", "info"},
}  # fmt: skip


@pytest.mark.parametrize("model", FIELDS, ids=lambda model: model.__name__)
def test_fields(model: type[BaseModel]) -> None:
    """A model has the specified fields, all of them required, and no method."""
    assert set(model.model_fields) == FIELDS[model]
    assert all(field.is_required() for field in model.model_fields.values())
    assert not [name for name in vars(model) if callable(vars(model)[name]) and name[0] != "_"]


def _depth(model: type[BaseModel]) -> int:
    nested = [
        inner
        for field in model.model_fields.values()
        for inner in vars(models).values()
        if isinstance(inner, type)
        and issubclass(inner, BaseModel)
        and inner.__name__ in str(field.annotation)
    ]
    return 1 + max(map(_depth, nested), default=-1)


def test_nesting() -> None:
    """No model is nested deeper than two levels."""
    ours = [
        model
        for model in vars(models).values()
        if isinstance(model, type) and issubclass(model, BaseModel) and model is not BaseModel
    ]
    assert len(ours) > len(FIELDS)
    assert max(map(_depth, ours)) <= 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("label", "important", id="unknown-label"),
        pytest.param("label", "URGENT", id="label-in-capitals"),
        pytest.param("label", ["urgent"], id="list"),
        pytest.param("summary", "x" * 501, id="long-summary"),
        pytest.param("summary", b"bytes", id="bytes"),
        pytest.param("summary", "\ud800", id="lone-surrogate"),
        pytest.param("route_to", "x" * 41, id="long-team"),
        pytest.param("route_to", float("nan"), id="not-a-number"),
        pytest.param("confidence", 1, id="extra-field"),
    ],
)
def test_action_refuses(field: str, value: object) -> None:
    """An action outside its limits is refused, and the error names the field."""
    good = {"label": "urgent", "summary": "", "route_to": "billing"}
    with pytest.raises(ValidationError) as caught:
        TriageAction.model_validate({**good, field: value})
    assert caught.value.errors()[0]["loc"] == (field,)


def test_action_built_without_validation_is_refused() -> None:
    """`model_construct` does not get a bad action past validation."""
    fields: dict[str, Any] = {"label": "important", "summary": "", "route_to": "billing"}
    forged = TriageAction.model_construct(**fields)
    with pytest.raises(ValidationError):
        TriageAction.model_validate(forged)
