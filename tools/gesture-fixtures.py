#!/usr/bin/env python3
"""Writes Tests/Fixtures/gestures: small sets of sequences and what reference implementations say of them.

  gunpoint.csv      GunPoint as aeon carries it: part (0 train, 1 test), label, then the series
  motions.csv       every second BasicMotions take of each part, two decimals: take, label, six channels a row
  warping.csv       pairs of seeded sequences: width, window (-1: none), lengths, dtaidistance's DTW cost, both sequences
  chain.csv         left-right hidden Markov models: states, channels, rows, hmmlearn's log likelihood, means, variances,
                    probabilities to stay, the rows
  chain-classes.csv of each BasicMotions take in motions.csv: the class by hmmlearn, one model a class learned from the
                    others of the fold (take modulo 4), eight states; and that of the nearest of them by dtaidistance
  mixture.csv       a curve with noise, and scikit-learn's GaussianMixture regression: x, y, expected y

Usage: tools/gesture-fixtures.py  (needs numpy, aeon, dtaidistance, hmmlearn and scikit-learn)
"""

import pathlib

import numpy
from aeon.datasets import load_basic_motions, load_gunpoint
from dtaidistance import dtw_ndim
from hmmlearn import hmm
from sklearn.mixture import GaussianMixture

FOLDER = pathlib.Path(__file__).parent.parent / "Tests/Fixtures/gestures"


def number(x, digits=6):
    return f"{x:.{digits}g}"


def gunpoint():
    lines = []
    for part, split in enumerate(("train", "test")):
        series, labels = load_gunpoint(split=split)
        for values, label in zip(series[:, 0], labels):
            lines.append(",".join([str(part), str(int(label) - 1)] + [number(v, 7) for v in values]))
    return lines


def motions():
    takes, labels = [], []
    names = ["standing", "running", "walking", "badminton"]
    for split in ("train", "test"):
        series, classes = load_basic_motions(split=split)
        for values, name in list(zip(series, classes))[::2]:
            takes.append(numpy.round(values.T, 2))
            labels.append(names.index(str(name).lower()))
    return takes, labels


def warping():
    random = numpy.random.default_rng(1)
    lines = []
    for case in range(24):
        width = (1, 2, 6)[case % 3]
        window = (-1, 3, 10, -1)[case % 4]
        lengths = random.integers(1 if case < 4 else 12, 40, 2)
        if window >= 0:
            lengths[1] = lengths[0]
        a, b = (numpy.round(numpy.cumsum(random.normal(size=(n, width)), axis=0), 3) for n in lengths)
        # dtaidistance counts the diagonal as a window of 1.
        cost = dtw_ndim.distance(a, b, window=None if window < 0 else window + 1)
        lines.append(",".join([str(width), str(window), str(lengths[0]), str(lengths[1]), repr(float(cost))]
                              + [number(v) for v in a.ravel()] + [number(v) for v in b.ravel()]))
    return lines


def chain_model(means, variances, stays):
    states = len(stays)
    model = hmm.GaussianHMM(states, covariance_type="diag")
    model.startprob_ = numpy.eye(states)[0]
    model.transmat_ = numpy.diag(stays) + numpy.diag(1 - stays[:-1], 1)
    model.means_ = means
    model.covars_ = variances
    return model


def chains():
    random = numpy.random.default_rng(2)
    lines = []
    for case in range(6):
        states, channels, rows = (1, 4, 6, 8, 10, 3)[case], (2, 1, 3, 2, 4, 6)[case], (5, 20, 40, 60, 100, 30)[case]
        means = numpy.round(random.normal(size=(states, channels)), 3)
        variances = numpy.round(random.uniform(0.2, 1.5, (states, channels)), 3)
        stays = numpy.round(random.uniform(0.5, 0.95, states), 3)
        stays[-1] = 1
        values = numpy.round(means[numpy.arange(rows) * states // rows] + random.normal(size=(rows, channels)), 3)
        score = chain_model(means, variances, stays).score(values)
        lines.append(",".join([str(states), str(channels), str(rows), repr(float(score))]
                              + [number(v) for part in (means, variances, stays, values) for v in part.ravel()]))
    return lines


def chain_classes(takes, labels):
    everything = numpy.concatenate(takes)
    centre, spread = everything.mean(0), everything.std(0)
    scaled = [(take - centre) / spread for take in takes]
    answers = numpy.zeros(len(takes), int)
    states = 8
    for fold in range(4):
        models = []
        for label in range(4):
            own = [t for i, t in enumerate(scaled) if i % 4 != fold and labels[i] == label]
            parts = [numpy.array_split(t, states) for t in own]
            means = numpy.array([numpy.concatenate([p[s] for p in parts]).mean(0) for s in range(states)])
            variances = numpy.array([numpy.concatenate([p[s] for p in parts]).var(0) + 0.01 for s in range(states)])
            model = chain_model(means, variances, numpy.append(numpy.full(states - 1, 1 - states / 100), 1.0))
            model.init_params, model.params, model.n_iter, model.covars_prior = "", "mct", 8, 0.01
            model.fit(numpy.concatenate(own), [len(t) for t in own])
            models.append(model)
        for i in range(fold, len(takes), 4):
            answers[i] = int(numpy.argmax([model.score(scaled[i]) for model in models]))
    return answers


def nearest_classes(takes, labels):
    everything = numpy.concatenate(takes)
    scaled = [(take - everything.mean(0)) / everything.std(0) for take in takes]
    answers = []
    for i, take in enumerate(scaled):
        others = [j for j in range(len(takes)) if j % 4 != i % 4]
        answers.append(labels[min(others, key=lambda j: dtw_ndim.distance_fast(take, scaled[j]))])
    return answers


def mixture():
    random = numpy.random.default_rng(3)
    x = numpy.round(numpy.sort(random.uniform(-2, 2, 200)), 4)
    y = numpy.round(numpy.sin(2 * x) + 0.1 * random.normal(size=200), 4)
    both = numpy.stack([(x - x.mean()) / x.std(), (y - y.mean()) / y.std()], 1)
    model = GaussianMixture(6, reg_covar=1e-4, n_init=5, random_state=0, tol=1e-6, max_iter=500).fit(both)
    covariance = model.covariances_
    logs = numpy.stack([numpy.log(model.weights_[k]) - 0.5 * numpy.log(covariance[k, 0, 0])
                        - 0.5 * (both[:, 0] - model.means_[k, 0]) ** 2 / covariance[k, 0, 0] for k in range(6)], 1)
    shares = numpy.exp(logs - logs.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    values = numpy.stack([model.means_[k, 1] + covariance[k, 1, 0] / covariance[k, 0, 0] * (both[:, 0] - model.means_[k, 0])
                          for k in range(6)], 1)
    expected = (shares * values).sum(1) * y.std() + y.mean()
    return ["x,y,expected"] + [f"{a},{b},{number(c)}" for a, b, c in zip(x, y, expected)]


def write(name, lines):
    (FOLDER / f"{name}.csv").write_text("\n".join(lines) + "\n")


def main():
    FOLDER.mkdir(exist_ok=True)
    write("gunpoint", gunpoint())
    takes, labels = motions()
    write("motions", [",".join([str(i), str(label)] + [f"{v:g}" for v in row])
                      for i, (take, label) in enumerate(zip(takes, labels)) for row in take])
    write("warping", warping())
    write("chain", chains())
    answers = chain_classes(takes, labels)
    print("hmmlearn on motions:", (answers == labels).mean())
    nearest = nearest_classes(takes, labels)
    write("chain-classes", ["take,label,chain,nearest"]
          + [f"{i},{l},{a},{n}" for i, (l, a, n) in enumerate(zip(labels, answers, nearest))])
    write("mixture", mixture())


if __name__ == "__main__":
    main()
