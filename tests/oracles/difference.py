#!/usr/bin/env python3
"""What four edits of rules/innovation-cluster change, worked out again from the same CSV with exact fractions.

    python3 tests/oracles/difference.py examples/innovation-cluster

The edits are those of the test `tests/it/diff.rs`: a threshold (合格 50 → 60 分), a weight (成长质量 20% → 25%, and
要素集聚 20% → 15%, because weights add up to 100%), a row of a table (≥ 6 家 → ≥ 5 家: 85 分) and an exception
(a zone's committee need not apply in writing). Shares no code with heng. Every one of the sixteen sets of edits is
worked out; of each thing that comes out otherwise all smallest sets that give the same outcome are printed.
"""

import json
import sys
from itertools import combinations
from fractions import Fraction

import index

EDITS = ["threshold", "weight", "row", "exception"]
GRADES = [(70, "优秀"), (60, "良好"), (50, "合格"), (None, "不合格")]


def outcomes(folder, on):
    """Case and item to what it comes to, with these edits."""
    weights = (35, 25, 25, 15) if "weight" in on else (35, 25, 20, 20)
    billions = [(10, 100), (5 if "row" in on else 6, 85), (3, 70), (1, 50), (0, 0)]
    line = 60 if "threshold" in on else 50
    found = {}
    for case, it in index.cluster(folder, weights, billions).items():
        low, high = Fraction(it["low"]), Fraction(it["high"])
        found[case, "score 综合评价"] = [str(low), str(high)]
        found[case, "rank 综合评价"] = [str(it["best"]), str(it["worst"])]
        found[case, "passed 综合评价"] = truths(high >= line, low < line)
        found[case, "grade 评价等次"] = sorted(grades(low, high))
    reports = index.Reports(folder, "集群", set())
    clusters = {row["编号"]: row for row in index.rows(folder, "集群")}
    for case, row in clusters.items():
        points = index.steps(reports(case, "2021", "JQ005"), billions)
        found[case, "grade 大企业档"] = [str(points.low), str(points.high)]
        found[case, "criterion 提出申请"] = applied(row, "exception" in on)
    return found


def grades(low, high):
    """The grades of all totals from low to high."""
    above = None
    for bound, name in GRADES:
        reached = bound is None or high >= bound
        if reached and (above is None or low < above):
            yield name
        above = bound


def applied(row, exception):
    """提出申请: 书面申请 is 是; with the exception, or the plan is that of a zone's committee."""
    written = {"是": {True}, "否": {False}}.get(row["书面申请"], {True, False})
    committee = {"高新区管委会": {True}, "": {True, False}}.get(row["编制主体"], {False})
    if not exception:
        committee = {False}
    possible = {a or b for a in written for b in committee}
    return truths(True in possible, False in possible)


def truths(may_hold, may_fail):
    return [word for word, may in [("met", may_hold), ("not_met", may_fail)] if may]


def main(folder):
    sets = [set(it) for size in range(len(EDITS) + 1) for it in combinations(EDITS, size)]
    runs = [(on, outcomes(folder, on)) for on in sets]
    before, after = runs[0][1], runs[-1][1]
    answer = {}
    for spot in before:
        if before[spot] == after[spot]:
            continue
        enough = [sorted(on) for on, found in runs if found[spot] == after[spot]]
        least = min(len(it) for it in enough)
        case, item = spot
        answer.setdefault(case, {})[item] = {
            "before": before[spot],
            "after": after[spot],
            "causes": [it for it in enough if len(it) == least],
        }
    print(json.dumps(answer, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
