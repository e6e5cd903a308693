"""Least squares with honest errors (HC3, CR1, CR2) and the logit, on numpy alone."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from p2k2lms.stats.arithmetic import UNDEFINED, Floats, Ints, ratio
from p2k2lms.stats.distributions import t_two_sided

ROUNDS = 100
CERTAIN = 1e-10
SAME = 1e-11


@dataclass(frozen=True)
class Fit:
    """A least-squares fit: coefficients, residuals, design and the inverse of its cross product."""

    beta: Floats
    residuals: Floats
    design: Floats
    bread: Floats

    @property
    def degrees(self) -> int:
        """Rows less columns that carry something of their own."""
        return int(self.design.shape[0] - round(float((self.design @ self.bread * self.design).sum())))


@dataclass(frozen=True)
class Robust:
    """A cluster-robust error with its Satterthwaite degrees and two-sided p."""

    se: float
    df: float
    p: float


def columns(*parts: Floats) -> Floats:
    """A design: a column of ones, then the given columns (each one column or a table)."""
    return np.column_stack([np.ones(parts[0].shape[0]), *parts])


def least_squares(design: Floats, y: Floats) -> Fit:
    """Ordinary least squares; a design with columns that say the same is solved by the pseudo-inverse."""
    bread = inverse(design.T @ design)
    beta = bread @ (design.T @ y)
    return Fit(beta, y - design @ beta, design, bread)


def classical(fit: Fit) -> Floats:
    """Errors under equal spread: s^2 (X'X)^-1, s^2 with n - k; nan where nothing is left over."""
    if fit.degrees < 1:
        return np.full(fit.beta.size, UNDEFINED)
    errors: Floats = np.sqrt(np.diag(fit.bread) * (fit.residuals @ fit.residuals) / fit.degrees)
    return errors


def hc3(fit: Fit) -> Floats:
    """HC3 (MacKinnon and White 1985): residuals over 1 - leverage; nan where a row decides its own fit."""
    leverage = np.einsum("ij,jk,ik->i", fit.design, fit.bread, fit.design)
    if leverage.size == 0 or leverage.max() > 1 - 1e-10:
        return np.full(fit.beta.size, UNDEFINED)
    meat = fit.design * (fit.residuals / (1 - leverage))[:, None]
    errors: Floats = np.sqrt(np.diag(fit.bread @ (meat.T @ meat) @ fit.bread))
    return errors


def scores_by_cluster(fit: Fit, cluster: Ints) -> Floats:
    """The sum of x e in every cluster: one row a cluster."""
    found = np.zeros((int(cluster.max()) + 1, fit.beta.size))
    np.add.at(found, cluster, fit.design * fit.residuals[:, None])
    return found


def cr1(fit: Fit, cluster: Ints, factor: float) -> Floats:
    """Cluster sums of the scores, times a small-sample factor of the caller's choice (usually C/(C-1))."""
    found = scores_by_cluster(fit, cluster)
    errors: Floats = np.sqrt(np.maximum(factor * np.diag(fit.bread @ (found.T @ found) @ fit.bread), 0))
    return errors


def cr2(fit: Fit, cluster: Ints, which: int) -> Robust:
    """Bell and McCaffrey's CR2 of one coefficient, working model of equal spread, Satterthwaite degrees.

    Residuals of cluster c are multiplied by (I - H_cc)^-1/2 (pseudo-inverse where a cluster decides its own fit).
    Degrees = (sum p_cc)^2 / sum p_cd^2, p = the adjusted contrasts under the working model (Pustejovsky, Tipton 2018).
    """
    contrast = fit.bread[which]
    members = [np.flatnonzero(cluster == c) for c in range(int(cluster.max()) + 1)]
    lifted, total = [], 0.0
    for rows in members:
        part = fit.design[rows]
        weight = inverse_root(np.eye(rows.size) - part @ fit.bread @ part.T) @ (part @ contrast)
        lifted.append(weight)
        total += float(weight @ fit.residuals[rows]) ** 2
    df = _satterthwaite(fit, members, lifted)
    return Robust(float(np.sqrt(total)), df, t_two_sided(ratio(float(fit.beta[which]), float(np.sqrt(total))), df))


def _satterthwaite(fit: Fit, members: list[Ints], lifted: list[Floats]) -> float:
    through = np.array([fit.design[rows].T @ w for rows, w in zip(members, lifted, strict=True)])
    spread = np.diag([float(w @ w) for w in lifted]) - through @ fit.bread @ through.T
    return ratio(float(np.trace(spread)) ** 2, float((spread**2).sum()))


def inverse(cross: Floats) -> Floats:
    """The inverse of a cross product; of columns that say the same as others only what they add counts.

    Columns are first put on one scale, so that rupiah beside shares are not taken for a column that adds nothing.
    """
    scale = np.sqrt(np.where(np.diag(cross) > 0, np.diag(cross), 1.0))
    plain = np.linalg.pinv(cross / np.outer(scale, scale), rcond=SAME, hermitian=True)
    return np.asarray(plain / np.outer(scale, scale), dtype=np.float64)


def inverse_root(square: Floats) -> Floats:
    """The symmetric inverse square root; directions without any length stay without."""
    values, vectors = np.linalg.eigh(square)
    kept = values > 1e-9
    scale = np.zeros_like(values)
    scale[kept] = values[kept] ** -0.5
    return np.asarray((vectors * scale) @ vectors.T, dtype=np.float64)


def logit(design: Floats, outcome: Floats) -> Floats:
    """Coefficients of the logistic regression by Newton's method; stops at steps below 1e-12.

    Where the columns part the outcomes perfectly, so that some chance is 0 or 1, there is no answer: nan.
    """
    beta: Floats = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        chance = chances(design, beta)
        weight = chance * (1 - chance)
        if weight.min() < CERTAIN:
            break
        step = inverse((design.T * weight) @ design) @ (design.T @ (outcome - chance))
        beta = np.asarray(beta + step, dtype=np.float64)
        if np.abs(step).max() < 1e-12 * max(1.0, float(np.abs(beta).max())):
            return beta
    return np.full(beta.size, UNDEFINED)


def chances(design: Floats, beta: Floats) -> Floats:
    """The fitted probabilities of a logit."""
    return np.asarray(special.expit(design @ beta), dtype=np.float64)
