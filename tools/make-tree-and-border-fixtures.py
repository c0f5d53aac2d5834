#!/usr/bin/env python3
"""Writes Tests/Fixtures/trees-and-borders: what scikit-learn's trees, forests and support vectors say with our settings.

The data are those of Tests/Fixtures/learning (see tools/learning-fixtures.py) and scikit-learn's digits, written there as
digits.txt: a line each, the digit and 64 pixels (0...g for 0...16); row i of the digits is in fold i modulo 5. A row is
answered while its fold is held out. Balance is off.

  NAME.csv    one row an example:
      tree, pruned, stump   DecisionTree with min_samples_leaf=2, ccp_alpha=.01 (targets: of their variance), max_depth=1;
                            empty where the order of inputs and places (20 seeds, signs turned) makes a difference
      boosted               AdaBoostClassifier(stump, 20), likewise with 5 seeds
      KERNEL-K              SVC's decision of the K-th pair of categories, C=1, standardised inputs; linear, poly
                            (degree 3, coef0=1) and rbf
  scores.csv  the share of right categories, or the root mean square error, a line for each dataset, kind and settings:
      tree (leaf 2), adaboost (50 rounds, depth 2), forest (64 trees; targets: a third of the inputs), the mean of ten
      seeds; svm with the three kernels; and the sum of SVC's dual objectives over folds and pairs as dual-KERNEL

Usage: tools/make-tree-and-border-fixtures.py   (needs numpy and scikit-learn; scikit-learn 1.9.1 wrote the files in the repository)
"""

import itertools
import pathlib

import numpy
from sklearn import datasets
from sklearn.ensemble import AdaBoostClassifier, RandomForestClassifier, RandomForestRegressor
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

FIXTURES = pathlib.Path(__file__).parent.parent / "Tests/Fixtures"
SEEDS = range(10)
MANY_SEEDS = range(20)
KERNELS = {"linear": {}, "poly": {"degree": 3, "coef0": 1}, "rbf": {}}


def read(name):
    if name == "digits":
        data = datasets.load_digits()
        lines = [f"{digit}" + "".join("0123456789abcdefg"[int(x)] for x in row)
                 for digit, row in zip(data.target, data.data)]
        (FIXTURES / "learning/digits.txt").write_text("\n".join(lines) + "\n")
        return data.data, data.target.astype(float), numpy.arange(len(data.target)) % 5
    lines = (FIXTURES / f"learning/{name}.csv").read_text().split("\n")
    names = lines[0].split(",")
    # Single precision, as they are learned from; and sums of halves are exact in double.
    rows = numpy.array([[numpy.float32(x) for x in line.split(",")] for line in lines[1:] if line]).astype(float)
    width = names.index("target")
    return rows[:, :width], rows[:, width], rows[:, names.index("fold")].astype(int)


def answers(make, x, y, fold, seeds=SEEDS):
    """The answers for each seed: seed after seed, a number a row."""
    result = numpy.zeros((len(seeds), len(y)))
    for seed in seeds:
        for index in range(5):
            train, test = fold != index, fold == index
            result[seed, test] = make(seed, y[train]).fit(x[train], y[train]).predict(x[test])
    return result


def agreed(make, x, y, fold, seeds=MANY_SEEDS):
    """The answer where all seeds agree, and also for inputs turned round; otherwise NaN."""
    result = numpy.concatenate([answers(make, sign * x, y, fold, seeds) for sign in (1, -1)])
    return numpy.where(numpy.ptp(result, axis=0) <= 1e-6 * abs(result[0]), result[0], numpy.nan)


def score(result, y, categories):
    return numpy.mean([numpy.mean(a == y) if categories else numpy.sqrt(numpy.mean((a - y) ** 2)) for a in result])


def borders(kernel, settings, x, y, fold):
    width = int(y.max()) + 1
    decisions, right, dual = numpy.zeros((len(y), width * (width - 1) // 2)), numpy.zeros(len(y)), 0
    for index in range(5):
        train, test = fold != index, fold == index
        scaler = StandardScaler().fit(x[train])
        # Further than ten deviations out an input counts as ten.
        a, b = (numpy.clip(scaler.transform(x[part]), -10, 10) for part in (train, test))
        gamma = 1 / numpy.count_nonzero(scaler.var_)
        # A column of a constant is 0 after scaling: 'scale' would see less variance, not fewer inputs.
        model = SVC(kernel=kernel, gamma=gamma, tol=1e-6, decision_function_shape="ovo", **settings).fit(a, y[train])
        values = model.decision_function(b)
        decisions[test] = values[:, None] if width == 2 else values
        if width == 2:
            decisions[test] *= -1  # above 0 for the first category
        right[test] = model.predict(b) == y[test]
        for first, second in itertools.combinations(range(width), 2):
            part = (y[train] == first) | (y[train] == second)
            pair = SVC(kernel=kernel, gamma=gamma, tol=1e-6, **settings).fit(a[part], y[train][part])
            speech = pair.dual_coef_[0]
            inner = pair.support_vectors_ @ pair.support_vectors_.T
            if kernel == "poly":
                inner = (gamma * inner + 1) ** 3
            if kernel == "rbf":
                own = numpy.diag(inner)
                inner = numpy.exp(-gamma * (own[:, None] + own[None] - 2 * inner))
            dual += abs(speech).sum() - speech @ inner @ speech / 2
    return decisions, right.mean(), dual


def write(name, scores):
    x, y, fold = read(name)
    categories = name != "diabetes"
    tree = DecisionTreeClassifier if categories else DecisionTreeRegressor
    forest = RandomForestClassifier if categories else RandomForestRegressor
    def leaf2(seed, _):
        return tree(min_samples_leaf=2, random_state=seed)

    columns = {"tree": agreed(leaf2, x, y, fold)}
    columns["pruned"] = agreed(
        lambda seed, t: tree(ccp_alpha=0.01 * (1 if categories else t.var()), random_state=seed), x, y, fold)
    columns["stump"] = agreed(lambda seed, _: tree(max_depth=1, random_state=seed), x, y, fold)
    scores[f"{name}/tree"] = score(answers(leaf2, x, y, fold), y, categories)
    tried = "sqrt" if categories else x.shape[1] // 3
    scores[f"{name}/forest"] = score(answers(
        lambda seed, _: forest(64, max_features=tried, random_state=seed), x, y, fold), y, categories)
    if categories:
        columns["boosted"] = agreed(lambda seed, _: AdaBoostClassifier(
            DecisionTreeClassifier(max_depth=1), n_estimators=20, random_state=seed), x, y, fold, range(5))
        scores[f"{name}/adaboost"] = score(answers(lambda seed, _: AdaBoostClassifier(
            DecisionTreeClassifier(max_depth=2), n_estimators=50, random_state=seed), x, y, fold), y, True)
        for kernel, settings in KERNELS.items():
            decisions, right, dual = borders(kernel, settings, x, y, fold)
            scores[f"{name}/{kernel}"], scores[f"{name}/dual-{kernel}"] = right, dual
            if name != "digits":
                columns.update({f"{kernel}-{i}": column for i, column in enumerate(decisions.T)})
    lines = [",".join("" if numpy.isnan(v) else f"{v:.7g}" for v in row) for row in zip(*columns.values())]
    (FIXTURES / f"trees-and-borders/{name}.csv").write_text("\n".join([",".join(columns)] + lines) + "\n")


if __name__ == "__main__":
    (FIXTURES / "trees-and-borders").mkdir(parents=True, exist_ok=True)
    scores = {}
    for name in ["iris", "wine", "breast-cancer", "diabetes", "digits"]:
        write(name, scores)
        print(name, {key: round(float(value), 4) for key, value in scores.items() if key.startswith(name)}, flush=True)
    lines = [f"{key},{value:.7g}" for key, value in scores.items()]
    (FIXTURES / "trees-and-borders/scores.csv").write_text("\n".join(lines) + "\n")
