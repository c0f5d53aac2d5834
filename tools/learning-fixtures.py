#!/usr/bin/env python3
"""Writes Tests/Fixtures/learning: small datasets with the predictions of scikit-learn.

One CSV a dataset: the inputs, the answer (`target`), the fold in which the row is predicted while the other
folds are learned from, and what the reference says:

  knn / knn-K     KNeighborsRegressor's value / KNeighborsClassifier's probability of category K;
                  five neighbours, weights='distance', inputs in 0...1 by the training folds' range
  tie             1 where the fifth and sixth neighbour are equally near, so that more than one answer is right
  mlp-1 ... mlp-5 MLPClassifier's category or MLPRegressor's value for five seeds: 32 tanh units, standardised inputs,
                  and that solver (adam, lbfgs) and alpha (1e-4, 0.1, 1, 10) that did best in the mean
  map-x, map-y    coordinates by PCA of all standardised rows

Usage: tools/learning-fixtures.py   (needs numpy and scikit-learn; scikit-learn 1.9.1 wrote the files in the repository)
"""

import pathlib
import warnings

import numpy
from sklearn import datasets
from sklearn.decomposition import PCA
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import MinMaxScaler, StandardScaler

FOLDER = pathlib.Path(__file__).parent.parent / "Tests/Fixtures/learning"
SEEDS = range(5)


def neighbours(inputs, targets, train, test, categories):
    scaler = MinMaxScaler().fit(inputs[train])
    model = (KNeighborsClassifier if categories else KNeighborsRegressor)(5, weights="distance")
    model.fit(scaler.transform(inputs[train]), targets[train])
    asked = scaler.transform(inputs[test])
    distances, _ = model.kneighbors(asked, n_neighbors=6)
    tie = distances[:, 5] - distances[:, 4] <= 1e-5 * distances[:, 5]
    answer = model.predict_proba(asked) if categories else model.predict(asked)[:, None]
    return answer, tie


def network(inputs, targets, train, test, categories, solver, alpha, seed):
    scaler = StandardScaler().fit(inputs[train])
    centre, spread = (0, 1) if categories else (targets[train].mean(), targets[train].std())
    model = (MLPClassifier if categories else MLPRegressor)(
        hidden_layer_sizes=(32,), activation="tanh", solver=solver, alpha=alpha, max_iter=400, random_state=seed)
    model.fit(scaler.transform(inputs[train]), targets[train] if categories else (targets[train] - centre) / spread)
    return centre + spread * model.predict(scaler.transform(inputs[test]))


def best_network(inputs, targets, folds, categories):
    best, best_error, best_choice = None, numpy.inf, None
    for solver in ("adam", "lbfgs"):
        for alpha in (1e-4, 0.1, 1, 10):
            answer = numpy.zeros((len(targets), len(SEEDS)))
            for train, test in folds:
                for seed in SEEDS:
                    answer[test, seed] = network(inputs, targets, train, test, categories, solver, alpha, seed)
            wrong = answer - targets[:, None]
            error = numpy.mean(wrong != 0) if categories else numpy.mean(numpy.sqrt(numpy.mean(wrong**2, axis=0)))
            print("  ", solver, alpha, error)
            if error < best_error:
                best, best_error, best_choice = answer, error, (solver, alpha)
    print("  best", best_choice, best_error)
    return best


def write(name, data, categories):
    print(name)
    inputs = numpy.array([[float(f"{x:.5g}") for x in row] for row in data.data])
    targets = data.target.astype(float)
    splitter = (StratifiedKFold if categories else KFold)(5, shuffle=True, random_state=1)
    folds = list(splitter.split(inputs, targets))
    width = int(targets.max()) + 1 if categories else 1
    fold, tie, knn = numpy.zeros(len(targets)), numpy.zeros(len(targets)), numpy.zeros((len(targets), width))
    for index, (train, test) in enumerate(folds):
        fold[test] = index
        knn[test], tie[test] = neighbours(inputs, targets, train, test, categories)
    mlp = best_network(inputs, targets, folds, categories)
    position = PCA(2).fit_transform(StandardScaler().fit_transform(inputs))
    header = [f"input-{i + 1}" for i in range(inputs.shape[1])] + ["target", "fold", "tie"]
    header += [f"knn-{i}" for i in range(width)] if categories else ["knn"]
    header += [f"mlp-{seed + 1}" for seed in SEEDS] + ["map-x", "map-y"]
    rows = numpy.column_stack([inputs, targets, fold, tie, knn, mlp, position])
    lines = [",".join(f"{x:.6g}" for x in row) for row in rows]
    (FOLDER / f"{name}.csv").write_text("\n".join([",".join(header)] + lines) + "\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    FOLDER.mkdir(parents=True, exist_ok=True)
    write("iris", datasets.load_iris(), True)
    write("wine", datasets.load_wine(), True)
    write("breast-cancer", datasets.load_breast_cancer(), True)
    write("diabetes", datasets.load_diabetes(scaled=False), False)
