"""The stock of code that is reviewed: modules of train and of test, found by their folders."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

from python_env.stock.format import Module

HERE: Final = Path(__file__).parent
SPLITS: Final = ("train", "test")


@cache
def modules(split: str) -> dict[str, Module]:
    """Return the modules of a split by name, in the order of their names."""
    folders = sorted(path.parent.name for path in (HERE / split).glob("*/code.py"))
    return {name: _load(split, name) for name in folders}


def module(name: str) -> Module:
    """Return a module of any split; `KeyError` if there is none of that name."""
    return {**modules("test"), **modules("train")}[name]


def _load(split: str, name: str) -> Module:
    place = f"{__name__}.{split}.{name}"
    code, proof = import_module(f"{place}.code"), import_module(f"{place}.proof")
    return Module(split, code.CODE, proof.PROOF)
