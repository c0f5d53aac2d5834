"""scikit-learn's methods for the same problems, as it recommends them for live use: one thread, one row at a time."""

import os
import time
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402
from sklearn.ensemble import AdaBoostClassifier, ExtraTreesRegressor, RandomForestClassifier  # noqa: E402
from sklearn.gaussian_process import GaussianProcessRegressor  # noqa: E402
from sklearn.gaussian_process.kernels import RBF, WhiteKernel  # noqa: E402
from sklearn.kernel_ridge import KernelRidge  # noqa: E402
from sklearn.linear_model import LogisticRegression, Ridge  # noqa: E402
from sklearn.mixture import GaussianMixture  # noqa: E402
from sklearn.multioutput import MultiOutputRegressor  # noqa: E402
from sklearn.naive_bayes import GaussianNB  # noqa: E402
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor  # noqa: E402
from sklearn.neural_network import MLPClassifier, MLPRegressor  # noqa: E402
from sklearn.pipeline import make_pipeline  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402
from sklearn.svm import SVC, SVR  # noqa: E402
from sklearn.tree import DecisionTreeClassifier  # noqa: E402

warnings.filterwarnings("ignore")

# For a smooth mapping: whichever gets there first is the one to compare with.
MAPPINGS = {
    "MLPRegressor lbfgs": lambda: MLPRegressor(hidden_layer_sizes=(32,), activation="tanh", solver="lbfgs", max_iter=500, random_state=1),
    "MLPRegressor adam": lambda: MLPRegressor(
        hidden_layer_sizes=(64,), activation="tanh", learning_rate_init=0.01, early_stopping=True, max_iter=500, random_state=1),
    "KernelRidge": lambda: KernelRidge(kernel="rbf", alpha=0.01),
    "SVR": lambda: MultiOutputRegressor(SVR(C=10, epsilon=0.05)),
    "ExtraTrees": lambda: ExtraTreesRegressor(100, random_state=1),
}

# What a kind of ours is called there, by task.
KINDS = {
    ("knn", "categories"): lambda: KNeighborsClassifier(5, weights="distance"),
    ("knn", "continuous"): lambda: KNeighborsRegressor(5, weights="distance"),
    ("mlp", "categories"): lambda: MLPClassifier(hidden_layer_sizes=(32,), activation="tanh", solver="lbfgs", max_iter=300, random_state=1),
    ("mlp", "continuous"): lambda: MLPRegressor(hidden_layer_sizes=(32,), activation="tanh", solver="lbfgs", max_iter=300, random_state=1),
    ("bayes", "categories"): GaussianNB,
    ("softmax", "categories"): lambda: LogisticRegression(max_iter=300),
    ("tree", "categories"): DecisionTreeClassifier,
    ("adaboost", "categories"): AdaBoostClassifier,
    ("forest", "categories"): lambda: RandomForestClassifier(100),
    ("svm", "categories"): lambda: SVC(probability=True),
    ("mixture", "categories"): lambda: GaussianMixture(2),
    ("ridge", "continuous"): Ridge,
    ("gp", "continuous"): lambda: GaussianProcessRegressor(RBF(1) + WhiteKernel(0.01), normalize_y=True),
}


def milliseconds(work) -> float:
    begin = time.process_time()
    work()
    return 1000 * (time.process_time() - begin)


def fitted(make, inputs, outputs):
    """A method behind a scaling, and the milliseconds its fit took."""
    model = make_pipeline(StandardScaler(), make())
    wanted = outputs if outputs.shape[1] > 1 else outputs.ravel()
    return model, milliseconds(lambda: model.fit(inputs, wanted))


def race(table, targets) -> dict:
    """For each target the fastest method that gets below it: (milliseconds, name); None where none does."""
    inputs, outputs, asked, wanted = table.parts
    results = []
    for name, make in MAPPINGS.items():
        model, spent = fitted(make, inputs, outputs)
        error = float(np.mean((model.predict(asked) - wanted) ** 2))
        results.append((spent, name, error))
    return [min(((spent, name) for spent, name, error in results if error <= target), default=None) for target in targets]


def microseconds_per_run(model, inputs, least: float = 0.1) -> float:
    """One row at a time, as a stream of sensor frames asks."""
    rows = [inputs[i : i + 1] for i in range(min(len(inputs), 200))]
    model.predict(rows[0])
    runs, begin = 0, time.process_time()
    while time.process_time() - begin < least:
        model.predict(rows[runs % len(rows)])
        runs += 1
    return 1e6 * (time.process_time() - begin) / runs
