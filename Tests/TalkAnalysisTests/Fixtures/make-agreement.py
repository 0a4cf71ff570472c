#!/usr/bin/env python3
"""Writes agreement.json, beside this file: what other programs make of random codings.

Cohen's kappa is scikit-learn's, Krippendorff's alpha that of the PyPI package krippendorff, the best matching SciPy's,
and time-unit kappa that of BORIS, whose function is called (without its windows) and which rounds to three places; the
same by the definition, unrounded, is reckoned here and checked against BORIS. null stands where the other program gives
nan or refuses.

  python3 -m venv V && V/bin/pip install scikit-learn krippendorff numpy scipy
  V/bin/pip install --no-deps boris-behav-obs==8.27.4
  V/bin/python make-agreement.py
"""
import importlib.util
import json
import math
import random
import sqlite3
import sys
import types
import warnings
from decimal import Decimal
from pathlib import Path
from unittest.mock import MagicMock

import krippendorff
import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import cohen_kappa_score

warnings.simplefilter("ignore")
random.seed(20261124)


def number(value):
    return None if value is None or not math.isfinite(value) else float(value)


# Cohen's kappa

def kappa_case(first, second):
    value = observed = None
    if first:
        value = number(cohen_kappa_score(first, second))
        observed = float(np.mean(np.array(first) == np.array(second)))
    return {"first": first, "second": second, "observed": observed, "kappa": value}


def kappa_cases():
    yield kappa_case([], [])
    yield kappa_case(["a"] * 5, ["a"] * 5)
    yield kappa_case(["a"] * 5, ["b"] * 5)
    yield kappa_case(["a", "b"], ["b", "a"])
    yield kappa_case(["a"] * 4, ["a", "a", "a", "b"])
    for _ in range(75):
        labels = [f"l{i}" for i in range(random.choice([1, 2, 2, 3, 5, 8, 20]))]
        weights = [random.random() ** 2 + 0.01 for _ in labels]
        count = random.choice([1, 2, 5, 20, 100, 400])
        first = random.choices(labels, weights, k=count)
        agree = random.random()
        yield kappa_case(first, [f if random.random() < agree else random.choices(labels, weights)[0] for f in first])


# Krippendorff's alpha

def alpha(data, level):
    try:
        return number(krippendorff.alpha(reliability_data=data, level_of_measurement=level))
    except ValueError:
        return None


def alpha_case(coders):
    data = np.array([[np.nan if v is None else float(v) for v in coder] for coder in coders])
    return {"coders": coders, "nominal": alpha(data, "nominal"), "ordinal": alpha(data, "ordinal")}


def alpha_cases():
    yield alpha_case([[None, None], [None, None]])
    yield alpha_case([[1, 1, 1], [1, 1, None]])
    yield alpha_case([[1, None], [None, 2]])
    yield alpha_case([[1, 1, 3], [1, 1, None]])
    yield alpha_case([[0, 1], [1, 0]])
    for _ in range(120):
        values = random.choice([1, 2, 3, 5, 5, 9])
        count = random.choice([1, 2, 6, 30, 150])
        missing = random.choice([0, 0.1, 0.4, 0.8])
        agree = random.random()
        truth = [random.randrange(values) for _ in range(count)]
        def say(v):
            if random.random() < missing:
                return None
            return v if random.random() < agree else random.randrange(values)
        yield alpha_case([[say(v) for v in truth] for _ in range(random.choice([2, 2, 3, 4, 6]))])


# Time-unit kappa

def boris():
    """BORIS's irr module, with its windows replaced by nothing."""
    folder = importlib.util.find_spec("boris").submodule_search_locations[0]
    package = types.ModuleType("boris")
    package.__path__ = [folder]
    sys.modules["boris"] = package
    for name in ["PyQt5", "PyQt5.QtWidgets"] + [f"boris.{m}" for m in (
            "config", "db_functions", "dialog", "project_functions", "select_subj_behav", "utilities",
            "select_observations", "observation_operations")]:
        sys.modules[name] = MagicMock()
    spec = importlib.util.spec_from_file_location("boris.irr", f"{folder}/irr.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_boris(irr, codings, unit):
    db = sqlite3.connect(":memory:")
    cursor = db.cursor()
    cursor.execute("CREATE TABLE aggregated_events (id INTEGER PRIMARY KEY ASC, observation TEXT, subject TEXT, "
                   "behavior TEXT, type TEXT, modifiers TEXT, start FLOAT, stop FLOAT)")
    for name, coding in zip(["first", "second"], codings):
        # BORIS puts them in by code, then by time.
        for start, end, code in sorted(coding, key=lambda s: (s[2], s[0])):
            cursor.execute(
                "INSERT INTO aggregated_events (observation, subject, behavior, type, modifiers, start, stop) "
                "VALUES (?, 'talk', ?, ?, '', ?, ?)",
                (name, code, "POINT" if end is None else "STATE", start, start if end is None else end))
    value, _ = irr.cohen_kappa(cursor, "first", "second", Decimal(str(unit)), ["talk"], False)
    return None if value == -100 else number(value)


def by_definition(codings, unit):
    if not all(codings):
        return None, 0
    d = lambda x: Decimal(str(x))
    ends = [d(s if e is None else e) for c in codings for s, e, _ in c]
    now, last, unit = min(d(s) for c in codings for s, _, _ in c), max(ends), d(unit)
    said = ([], [])
    while now <= last:
        for labels, coding in zip(said, codings):
            labels.append(tuple(sorted(code for start, end, code in coding if (
                abs(d(start) - now) <= unit / 2 if end is None else d(start) <= now <= d(end)))))
        now += unit
    names = {label: i for i, label in enumerate(sorted(set(said[0] + said[1])))}
    value = number(cohen_kappa_score([names[l] for l in said[0]], [names[l] for l in said[1]]))
    return 1.0 if value is None else value, len(said[0])


def unit_case(irr, first, second, unit):
    exact, count = by_definition([first, second], unit)
    theirs = by_boris(irr, [first, second], unit)
    agree = (exact is None) == (theirs is None) and (exact is None or abs(exact - theirs) <= 0.00051)
    assert agree, (exact, theirs, first, second, unit)
    return {"first": first, "second": second, "unit": unit, "units": count, "kappa": exact, "boris": theirs}


def turns(length, step, codes):
    """Contiguous turns, some left untagged; and points of other codes."""
    out, now = [], random.randrange(0, 20) * step
    while now < length:
        end = now + random.randrange(1, 30) * step
        if random.random() < 0.85:
            out.append([round(now, 3), round(end, 3), random.choice(codes)])
        now = end
    return out


def points(length, step, count):
    return [[round(random.randrange(int(length / step)) * step, 3), None, random.choice(["moment", "action"])]
            for _ in range(count)]


def moved(coding, step):
    """The same as somebody else would have it: borders moved, some codes changed."""
    out = []
    for start, end, code in coding:
        shift = lambda t: None if t is None else round(max(0, t + random.randrange(-2, 3) * step), 3)
        a, b = shift(start), shift(end)
        if random.random() < 0.9 and (b is None or b > a):
            out.append([a, b, code if random.random() < 0.8 else "other" if b is not None else code])
    return out


def unit_cases(irr):
    yield unit_case(irr, [], [], 1)
    yield unit_case(irr, [[0, 5, "coach"]], [], 1)
    yield unit_case(irr, [[0, 5, "coach"]], [[0, 5, "coach"]], 1)
    yield unit_case(irr, [[0, 5, "coach"]], [[0, 5, "coachee"]], 1)
    yield unit_case(irr, [[0, 5, "coach"], [5, 9, "coachee"]], [[0, 4, "coach"], [4, 9, "coachee"]], 1)
    moments = [[[t, None, "moment"] for t in times] for times in
               ([155.105, 169.855, 264.855], [156.405, 170.852, 264.606])]
    yield unit_case(irr, *moments, 1)
    # Quarters are exact in binary, so that borders fall on units; thousandths are what a journal holds.
    for _ in range(44):
        step = random.choice([0.25, 0.25, 0.5, 0.713, 0.377])
        unit = random.choice([1, 1, 1, 0.5, 0.25, 2, 5])
        length = random.choice([10, 60, 200])
        first = turns(length, step, ["coach", "coachee", "observer"])
        if random.random() < 0.5:
            first += points(length, step, random.randrange(6))
        yield unit_case(irr, first, moved(first, step), unit)


# Matching

def match_case(first, second, tolerance):
    """In whole milliseconds, so that the sums are exact."""
    pairs, distance = 0, 0
    if first and second:
        apart = np.abs(np.subtract.outer(np.array(first), np.array(second)))
        no_pair = 10 ** 9
        rows, columns = linear_sum_assignment(np.where(apart <= tolerance, apart, no_pair))
        found = [int(apart[r, c]) for r, c in zip(rows, columns) if apart[r, c] <= tolerance]
        pairs, distance = len(found), sum(found)
    seconds = lambda times: [t / 1000 for t in times]
    return {"first": seconds(first), "second": seconds(second), "tolerance": tolerance / 1000, "pairs": pairs,
            "distance": distance / 1000}


def match_cases():
    yield match_case([155105, 169855, 264855], [156405, 170852, 264606], 2000)
    yield match_case([], [], 2000)
    yield match_case([1000], [], 2000)
    yield match_case([2000, 2000, 2000], [2000, 2000], 2000)
    for _ in range(46):
        length, step = random.choice([(20000, 1), (20000, 500), (100000, 1), (5000, 1000)])
        times = lambda: [random.randrange(length // step) * step for _ in range(random.choice([1, 3, 12, 40]))]
        yield match_case(times(), times(), random.choice([0, 500, 1000, 2000, 4000]))


def main():
    irr = boris()
    cases = {"kappa": list(kappa_cases()), "alpha": list(alpha_cases()), "units": list(unit_cases(irr)),
             "matching": list(match_cases())}
    lines = ",\n".join(
        f'"{name}": [\n' + ",\n".join(json.dumps(c) for c in some) + "\n]" for name, some in cases.items())
    Path(__file__).with_name("agreement.json").write_text("{\n" + lines + "\n}\n")
    for name, some in cases.items():
        print(name, len(some))


main()
