#!/usr/bin/env python3
"""The composite indices of two rulebooks, worked out again from the same CSV with exact fractions.

    python3 tests/oracles/index.py cluster examples/innovation-cluster
    python3 tests/oracles/index.py zone examples/zone-index

Shares no code with heng. Prints a JSON object: for each case its points (low and high, equal where all
figures are there), its rank (best and worst) and what each indicator adds. Every number is a fraction.
A figure that is blank, faulty, or filed twice with two values may be anything its column allows.
"""

import csv
import json
import sys
from fractions import Fraction
from pathlib import Path

ENDLESS = None  # the end of a range that has none


class Range:
    """All numbers between two ends. Only what is asked here: of numbers that are not negative, but for differences."""

    def __init__(self, low, high):
        self.low, self.high = low, high

    def known(self):
        return self.low is not ENDLESS and self.low == self.high

    def __add__(self, other):
        return Range(join(self.low, other.low, lambda a, b: a + b), join(self.high, other.high, lambda a, b: a + b))

    def __sub__(self, other):
        return Range(join(self.low, other.high, lambda a, b: a - b), join(self.high, other.low, lambda a, b: a - b))

    def __truediv__(self, other):
        low = Fraction(0) if other.high is ENDLESS else self.low / other.high
        high = ENDLESS if self.high is ENDLESS or other.low == 0 else self.high / other.low
        return Range(low, high)

    def through(self, rising, below, above):
        """The range of a function that never falls, with its values at the ends that are endless."""
        low = below if self.low is ENDLESS else rising(self.low)
        high = above if self.high is ENDLESS else rising(self.high)
        return Range(low, high)


def join(a, b, of):
    return ENDLESS if a is ENDLESS or b is ENDLESS else of(a, b)


def exactly(number):
    return Range(Fraction(number), Fraction(number))


UNKNOWN = Range(Fraction(0), ENDLESS)


def rows(folder, table):
    with open(Path(folder) / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figure(text, above=False):
    """A cell that must be a number, not negative; `above`: greater than zero."""
    try:
        number = Fraction(text)
    except ValueError:
        return UNKNOWN
    return UNKNOWN if number < 0 or (above and number == 0) else exactly(number)


class Reports:
    """The yearly reports: case, year and column to a figure."""

    def __init__(self, folder, key, positive):
        self.positive = positive
        self.rows = {}
        for row in rows(folder, "年报"):
            self.rows.setdefault((row[key], row["年度"]), []).append(row)

    def __call__(self, case, year, column):
        texts = {row[column] for row in self.rows.get((case, year), [])}
        return figure(texts.pop(), column in self.positive) if len(texts) == 1 else UNKNOWN


def cut(number, least=0, greatest=100):
    return max(Fraction(least), min(Fraction(greatest), number))


def between(value, low, high):
    """极差（low，high）, cut off beyond."""
    return value.through(lambda x: cut((x - low) / (high - low) * 100), Fraction(0), Fraction(100))


def towards(value, target):
    """目标（target）"""
    return value.through(lambda x: cut(x / target * 100), Fraction(0), Fraction(100))


def effect(value, base, span, low, high):
    """功效（base，span，low，high）, cut off beyond."""
    whole = Fraction(base + span)
    return value.through(lambda x: base + span * cut((x - low) / (high - low), 0, 1), Fraction(base), whole)


def steps(value, table):
    """A table from the top: at least so many, so many points."""
    return value.through(lambda x: Fraction(next(points for bound, points in table if x >= bound)), 0, Fraction(100))


def rounded(number, places):
    """Half away from zero; points are never negative here."""
    scale = 10**places
    return Fraction(int(number * scale + Fraction(1, 2)), scale)


BILLIONS = [(10, 100), (6, 85), (3, 70), (1, 50), (0, 0)]


def cluster(folder, weights=(35, 25, 20, 20), billions=BILLIONS):
    """rules/innovation-cluster, 综合评价, for the data of 2021. Money in 千元."""
    research, size, growing, factors = weights
    year, before = "2021", "2020"
    of = Reports(folder, "集群", {"JQ001", "JQD00", "JQC05_0"})
    scored = {row["编号"] for row in rows(folder, "集群") if row["参加评价"] == "是"}
    percent = Fraction(1, 100)
    man = Fraction(10_000)
    totals = {}
    for case in sorted(scored):
        revenue, staff = of(case, year, "JQC05_0"), of(case, year, "JQD00")
        firms, big = of(case, year, "JQ001"), of(case, year, "JQ005")
        bodies = [of(case, year, f"JKD{n}") for n in (2, 3, 4, 5)]
        growth = revenue / of(case, before, "JQC05_0") - exactly(1)
        graduates = of(case, year, "JQD07") + of(case, year, "JQD06")
        parts = {
            "年报研发强度": (research * 40, between(of(case, year, "研发投入") / revenue, 1 * percent, 6 * percent)),
            "年报高企占比": (research * 30, between(of(case, year, "JQ002") / firms, 20 * percent, 60 * percent)),
            "年报万人专利": (research * 30, between(of(case, year, "有效发明专利") / staff, 10 / man, 40 / man)),
            "年报营业收入": (size * 60, towards(revenue, Fraction(100_000_000))),
            "十亿元企业数": (size * 40, steps(big, billions)),
            "收入增长率": (growing * 50, effect(growth, 60, 40, 0, 10 * percent)),
            "人均营业收入": (growing * 50, between(revenue / staff, Fraction(800), Fraction(2800))),
            "研究生占比": (factors * 50, between(graduates / staff, 2 * percent, 10 * percent)),
            "服务机构密度": (factors * 50, between(sum(bodies[1:], bodies[0]) / firms, 1 * percent, 9 * percent)),
        }
        totals[case] = {name: (Fraction(weight, 10_000), points) for name, (weight, points) in parts.items()}
    return ranked(totals, lambda total: rounded(total, 2))


def zone(folder):
    """rules/zone-index, 综合质效, for the data of 2023: 极差 among the zones, extremes of reported values."""
    of = Reports(folder, "园区", {"城市生产总值", "营业收入", "制造业总产值"})
    values = {}
    for case in (row["名称"] for row in rows(folder, "园区")):
        now = lambda column: of(case, "2023", column)
        values[case] = {
            "经济贡献": now("增加值") / now("城市生产总值"),
            "实体经济比重": (now("制造业收入") + now("生产性服务收入")) / now("营业收入"),
            "制造业增加值率": now("制造业增加值") / now("制造业总产值"),
            "净增营业收入": now("营业收入") - of(case, "2022", "营业收入"),
        }
    weights = {"经济贡献": 8, "实体经济比重": 12, "制造业增加值率": 10, "净增营业收入": 10}
    totals = {case: {} for case in values}
    for name, weight in weights.items():
        reported = [it[name].low for it in values.values() if it[name].known()]
        low, high = min(reported), max(reported)
        for case, it in values.items():
            # 4 of the 100 points of the whole evaluation; shares of the four by their weights.
            share = Fraction(weight, sum(weights.values())) * Fraction(4, 100)
            totals[case][name] = (share, between(it[name], low, high))
    return ranked(totals, lambda total: total)


def ranked(totals, keep):
    """Points of each case, and the ranks that are possible: 并列同名次, best first."""
    sums = {}
    for case, parts in totals.items():
        ends = [sum(share * end for share, end in picked) for picked in (
            [(share, points.low) for share, points in parts.values()],
            [(share, points.high) for share, points in parts.values()],
        )]
        sums[case] = tuple(keep(end) for end in ends)
    answer = {}
    for case, (low, high) in sums.items():
        others = [it for other, it in sums.items() if other != case]
        answer[case] = {
            "low": str(low),
            "high": str(high),
            "best": 1 + sum(it[0] > high for it in others),
            "worst": 1 + sum(it[1] > low for it in others),
            "parts": {
                name: [str(share * points.low), str(share * points.high)]
                for name, (share, points) in totals[case].items()
            },
        }
    return answer


if __name__ == "__main__":
    which, data = sys.argv[1:]
    print(json.dumps({"cluster": cluster, "zone": zone}[which](data), ensure_ascii=False, indent=1))
