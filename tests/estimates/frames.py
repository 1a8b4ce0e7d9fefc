"""One small panel and one cross-section that hold what every estimator needs."""

import numpy as np
import pandas as pd


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with names in place of the numbers of units and places, in the same order."""
    names = {"unit": "户", "village": "村", "town": "镇"}
    return frame.assign(
        **{column: [f"{name} {k:04d}" for k in frame[column]] for column, name in names.items()}
    )


def panel(n: int = 120, years: int = 6) -> pd.DataFrame:
    """Units in villages in towns; one in twelve rows is missing, one unit is seen once."""
    random = np.random.default_rng(7)
    i, t = np.repeat(np.arange(n), years), np.tile(np.arange(years), n)
    village, town = i // 5, i // 20
    effect, shock = random.normal(size=n), 0.3 * random.normal(size=(n // 5, years))
    first = np.array([2.0, 3.0, 4.0, np.nan])[i // 5 % 4]
    dose = np.where(random.random((n, years)) < 0.5, random.integers(1, 4, (n, years)), 0)
    dose[random.random(n) < 0.3] = 0
    for year in range(1, years):
        stay = random.random(n) < 0.6
        dose[stay, year] = dose[stay, year - 1]
    grade = 1 + random.integers(0, 4, n)[i]
    generosity = 1 + 0.2 * (t >= 1 + town % 4) * (1 + town % 3)
    review = np.where((t >= 3) & (random.random(n) < 0.3)[i], 1.5, 1.0)
    term = 1 + i % 3
    began = i // 10 % 2
    ends = began + term
    frame = pd.DataFrame(
        {
            "unit": i + 10,
            "year": 2011 + t,
            "village": village,
            "town": town,
            "x": random.normal(size=n * years),
            "x2": random.normal(size=n * years),
            "dose": dose[i, t].astype(float),
            "first": 2011 + first,
            "adopted": (t >= np.nan_to_num(first, nan=99)).astype(float),
            "kind": np.where(np.isnan(first), "none", np.where(i // 20 % 2 == 0, "north", "south")),
            "amount": np.round(grade * generosity * review, 4),
            "grade": grade.astype(float),
            "factor": np.round(generosity, 4),
            "able": (i % 2).astype(float),
            "began": 2011 + began,
            "ends": 2011 + ends,
            "held": ((t >= began) & (t < ends)).astype(float),
            "posts": ((t >= began) & (t < ends + (random.random(n) < 0.3)[i])).astype(float),
            "soil": random.uniform(0, 10, n * years),
            "persons": random.integers(1, 6, n * years).astype(float),
            "poor": (random.random(n * years) < 0.5).astype(float),
            "line": 11.0,
        }
    )
    frame["aid"] = frame["amount"] + 0.2 * random.normal(size=len(frame))
    frame["pay"] = frame["posts"] * np.where(i % 2 == 0, 0.9, 1.1)
    frame["water"] = random.normal(size=len(frame))
    frame["y"] = (
        12
        + effect[i]
        + shock[village, t]
        + 0.2 * t
        + 0.5 * frame["dose"]
        + 0.3 * frame["x"]
        + 0.7 * frame["adopted"]
        + 0.4 * frame["aid"]
        + 0.6 * frame["posts"]
        + 0.3 * frame["water"] * (frame["soil"] > 5)
        + 0.5 * random.normal(size=len(frame))
    )
    frame["y2"] = frame["y"] + random.normal(size=len(frame))
    kept = (random.random(len(frame)) > 1 / 12) & ((i > 0) | (t == 0))
    return labelled(frame[kept].reset_index(drop=True))


def units(n: int = 600) -> pd.DataFrame:
    """One row a unit around a cutoff at 0, in four groups; some are not seen at the end."""
    random = np.random.default_rng(5)
    score = np.round(random.uniform(-10, 10, n), 2)
    village = random.integers(80, size=n)
    takes = (random.random(n) < np.where(score >= 0, 0.8, 0.2)).astype(float)
    aided = (random.random(n) < 0.5).astype(float)
    seen = random.random(n) < 0.8 + 0.1 * aided
    y = 12 + 0.1 * score + takes + 0.5 * random.normal(size=80)[village] + random.normal(size=n)
    frame = pd.DataFrame(
        {
            "unit": np.arange(n) + 10,
            "village": village,
            "town": village % 4,
            "score": score,
            "own": score + 3.0 * (village % 4),
            "limit": 3.0 * (village % 4),
            "age": np.floor(score),
            "takes": takes,
            "poor": (random.random(n) < np.where(score < 0, 0.9, 0.1)).astype(float),
            "aided": aided,
            "x": random.normal(size=n),
            "y": y,
            "income": np.where(seen, y, np.nan),
            "seen": seen.astype(int),
            "exit": np.where(seen, None, np.where(random.random(n) < 0.3, "death", "moved")),
        }
    )
    return labelled(frame)
