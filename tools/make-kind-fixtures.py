#!/usr/bin/env python3
"""Writes Tests/Fixtures/kinds: what scikit-learn says with the very settings that our kinds of model are given.

The data are those of Tests/Fixtures/learning (see tools/learning-fixtures.py) and digits-small.csv, written here: every third of
scikit-learn's digits. Inputs are standardised by the training folds; a row is answered while its fold is held out.

  NAME-numbers.csv  one row an example, numbers to be met closely:
      bayes-K                 GaussianNB(var_smoothing=0.01), uniform priors
      softmax-K               LogisticRegression(C=1)
      full-K                  GaussianMixture(1, 'full', reg_covar=0.01) a category, by the proportions of its examples
      ridge-1, ridge-2        Ridge(alpha=1) on PolynomialFeatures(1 and 2), targets in their own unit
      gp-mean, gp-deviation   GaussianProcessRegressor(RBF(3) + WhiteKernel(0.2)), fixed, targets standardised;
      gp-scale                the likeliest variance of that surface, were it free
      pca-K, white-K          PCA(4) of all rows, standardised; the same with whiten=True
  scalings.csv  columns of breast cancer's first ten inputs, scaled by RobustScaler (robust-K) and MinMaxScaler (range-K);
      and inertia: the least of 20 KMeans(8) of all inputs, standardised, in every row
  scores.csv  one row a dataset and kind: the share of right categories, or the root mean square error:
      kind 9: GaussianMixture(2, 'diag', reg_covar=0.01, init_params='k-means++', n_init=1), the mean of 5 seeds
      kind 11: GaussianProcessRegressor(ConstantKernel() * RBF() + WhiteKernel()) fitted with 2 restarts
      kind 12: KMeans(40) centres, widths 3 x the mean distance to two neighbours, Ridge(0.1), the mean of 5 seeds

Usage: tools/make-kind-fixtures.py   (needs numpy and scikit-learn; scikit-learn 1.9.1 wrote the files in the repository)
"""

import pathlib
import warnings

import numpy
from sklearn import datasets
from sklearn.decomposition import PCA
from sklearn.cluster import KMeans
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.mixture import GaussianMixture
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import GaussianNB
from sklearn.preprocessing import MinMaxScaler, PolynomialFeatures, RobustScaler, StandardScaler

FIXTURES = pathlib.Path(__file__).parent.parent / "Tests/Fixtures"
SEEDS = range(5)


def read(name):
    lines = (FIXTURES / f"{name}.csv").read_text().split("\n")
    names = lines[0].split(",")
    rows = numpy.array([[float(x) for x in line.split(",")] for line in lines[1:] if line])
    width = names.index("target")
    return rows[:, :width], rows[:, width], rows[:, names.index("fold")].astype(int)


def write_digits():
    data = datasets.load_digits()
    inputs, targets = data.data[::3], data.target[::3]
    fold = numpy.zeros(len(targets), int)
    splitter = StratifiedKFold(5, shuffle=True, random_state=1)
    for index, (_, test) in enumerate(splitter.split(inputs, targets)):
        fold[test] = index
    write("kinds/digits-small", [f"input-{i + 1}" for i in range(64)] + ["target", "fold"],
          numpy.column_stack([inputs, targets, fold]))


def write(name, header, rows):
    lines = [",".join(f"{x:.7g}" for x in row) for row in rows]
    (FIXTURES / f"{name}.csv").write_text("\n".join([",".join(header)] + lines) + "\n")


def folds(inputs, fold):
    for index in range(5):
        train, test = fold != index, fold == index
        scaler = StandardScaler().fit(inputs[train])
        # Further than ten deviations out an input counts as ten.
        yield train, test, *(numpy.clip(scaler.transform(inputs[part]), -10, 10) for part in (train, test))


def mixture(x, y, asked, components, form, seed, balanced):
    logs = []
    for category in numpy.unique(y):
        rows = x[y == category]
        model = GaussianMixture(components, covariance_type=form, reg_covar=0.01, random_state=seed,
                                init_params="k-means++" if components > 1 else "kmeans")
        logs.append(model.fit(rows).score_samples(asked) + (0 if balanced else numpy.log(len(rows) / len(y))))
    logs = numpy.array(logs).T
    certainty = numpy.exp(logs - logs.max(axis=1, keepdims=True))
    return certainty / certainty.sum(axis=1, keepdims=True)


def radial(x, y, asked, seed, categories):
    centres = KMeans(40, n_init=1, max_iter=10, random_state=seed).fit(x).cluster_centers_
    apart = numpy.sort(numpy.linalg.norm(centres[:, None] - centres[None], axis=2), axis=1)
    widths = 3 * apart[:, 1:3].mean(axis=1)
    terms = [numpy.exp(-numpy.linalg.norm(part[:, None] - centres[None], axis=2) ** 2 / (2 * widths**2))
             for part in (x, asked)]
    if categories:
        y = numpy.eye(int(y.max()) + 1)[y.astype(int)]
    answer = Ridge(0.1).fit(terms[0], (y - y.mean()) / (1 if categories else y.std())).predict(terms[1])
    return answer.argmax(axis=1) if categories else answer * y.std() + y.mean()


def numbers_of_categories(name, x, y, fold, full):
    width = int(y.max()) + 1
    bayes, softmax, slanted = (numpy.zeros((len(y), width)) for _ in range(3))
    for train, test, a, b in folds(x, fold):
        bayes[test] = GaussianNB(priors=numpy.ones(width) / width, var_smoothing=0.01).fit(a, y[train]).predict_proba(b)
        softmax[test] = LogisticRegression(C=1, max_iter=5000, tol=1e-8).fit(a, y[train]).predict_proba(b)
        slanted[test] = mixture(a, y[train], b, 1, "full", 0, False)
    columns = [f"{kind}-{i}" for kind in ("bayes", "softmax", "full") for i in range(width)]
    table = numpy.column_stack([bayes, softmax, slanted])
    if name != "digits-small":
        standard = StandardScaler().fit_transform(x)
        table = numpy.column_stack([table] + [PCA(4, whiten=w).fit_transform(standard) for w in (False, True)])
        columns += [f"{kind}-{i + 1}" for kind in ("pca", "white") for i in range(4)]
    write(f"kinds/{name}-numbers", columns, table)


def numbers_of_targets(name, x, y, fold):
    table = numpy.zeros((len(y), 5))
    for train, test, a, b in folds(x, fold):
        for degree in (1, 2):
            terms = PolynomialFeatures(degree, include_bias=False)
            table[test, degree - 1] = Ridge(1, solver="svd").fit(terms.fit_transform(a), y[train]).predict(terms.transform(b))
        kernel = RBF(3, "fixed") + WhiteKernel(0.2, "fixed")
        centre, spread = y[train].mean(), y[train].std()
        process = GaussianProcessRegressor(kernel, optimizer=None, alpha=0).fit(a, (y[train] - centre) / spread)
        table[test, 2], table[test, 3] = process.predict(b, return_std=True)
        table[test, 4] = process.y_train_ @ process.alpha_ / len(a)
    write(f"kinds/{name}-numbers", ["ridge-1", "ridge-2", "gp-mean", "gp-deviation", "gp-scale"], table)


def scalings(x):
    inertia = KMeans(8, n_init=20, random_state=0).fit(StandardScaler().fit_transform(x)).inertia_
    table = [RobustScaler().fit_transform(x[:, :10]), MinMaxScaler().fit_transform(x[:, :10])]
    write("kinds/scalings", [f"{kind}-{i}" for kind in ("robust", "range") for i in range(10)] + ["inertia"],
          numpy.column_stack(table + [numpy.full(len(x), inertia)]))


def score(y, answers, categories):
    return numpy.mean([numpy.mean(a == y) if categories else numpy.sqrt(numpy.mean((a - y) ** 2)) for a in answers])


def scores(x, y, fold, categories):
    radials, mixtures = numpy.zeros((5, len(y))), numpy.zeros((5, len(y)))
    process = numpy.zeros(len(y))
    for train, test, a, b in folds(x, fold):
        for seed in SEEDS:
            radials[seed, test] = radial(a, y[train], b, seed, categories)
            if categories:
                mixtures[seed, test] = mixture(a, y[train], b, 2, "diag", seed, False).argmax(axis=1)
        if not categories:
            centre, spread = y[train].mean(), y[train].std()
            kernel = ConstantKernel() * RBF(3, (0.01, 1000)) + WhiteKernel(0.1, (1e-4, 10))
            model = GaussianProcessRegressor(kernel, n_restarts_optimizer=2, random_state=0)
            process[test] = model.fit(a, (y[train] - centre) / spread).predict(b) * spread + centre
            print(model.kernel_)
    if categories:
        return [(9, score(y, mixtures, True)), (12, score(y, radials, True))]
    return [(11, score(y, [process], False)), (12, score(y, radials, False))]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    (FIXTURES / "kinds").mkdir(parents=True, exist_ok=True)
    write_digits()
    scalings(read("learning/breast-cancer")[0])
    table = []
    for index, name in enumerate(["iris", "wine", "breast-cancer", "digits-small", "diabetes"]):
        x, y, fold = read(f"{'kinds' if name == 'digits-small' else 'learning'}/{name}")
        categories = name != "diabetes"
        if categories:
            numbers_of_categories(name, x, y, fold, True)
        else:
            numbers_of_targets(name, x, y, fold)
        for kind, value in scores(x, y, fold, categories):
            print(name, kind, value)
            table.append([index, kind, value])
    write("kinds/scores", ["dataset", "kind", "score"], table)
