"""Makes groups.json: what a publication tells about two answer sheets of one
company, and about several companies, by mpmath in 40 digits.

    pip install mpmath==1.3.0 && python3 groups.py > groups.json

between: mu and delta of a publication, of which select is the threshold's part.
sampler is the probability that one number, moved by 2 mu standard deviations,
leaves the range of the sampler, 8.81 standard deviations, with what 100,000
numbers cost beside it; epsilon is that of a Gaussian mechanism of parameter 2 mu
at the rest of delta, 0 if nothing is left.
groups: pure epsilon and mu of a publication whose Gaussian part has delta
gaussian, for so many companies; epsilon is the sum of their multiples. test is
the chance that the threshold with noise of standard deviation sigma shows some
cohort which had fewer than k companies without them, at most: memberships cohorts
with all companies in each, or one of the other ways to spread them.
"""
import json
from itertools import product

from mpmath import erfc, exp, floor, mp, mpf, ncdf, sqrt

mp.dps = 40


def delta_of(mu, epsilon):
    return ncdf(mu / 2 - epsilon / mu) - exp(epsilon) * ncdf(-mu / 2 - epsilon / mu)


def epsilon_of(mu, delta):
    low, high = mpf(0), mu * mu / 2 + 12 * mu + 1
    for _ in range(120):
        middle = (low + high) / 2
        if delta_of(mu, middle) > delta:
            low = middle
        else:
            high = middle
    return high


def mu_of(epsilon, delta):
    low, high = mpf("1e-6"), mpf(20)
    for _ in range(120):
        middle = (low + high) / 2
        if delta_of(middle, epsilon) > delta:
            high = middle
        else:
            low = middle
    return floor(low * 10**6) / 10**6


def sampler(mu):
    return max(mpf(2) ** -38, mpf("2.9e-12") + ncdf(mu - mpf("8.81")))


between = []
for epsilon in ["0.5", "1", "2", "4", "6", "8", "9", "10", "11", "12", "14", "20"]:
    for delta in ["1e-5", "1e-6", "1e-8"]:
        delta, select = mpf(delta), mpf(delta) / 10
        mu = mu_of(mpf(epsilon), delta - select - mpf(2) ** -38)
        rest = delta - select - sampler(mu) - (sampler(2 * mu) - mpf(2) ** -38)
        between.append({
            "mu": float(mu), "delta": float(delta), "select": float(select), "sampler": float(sampler(2 * mu)),
            "epsilon": float(epsilon_of(2 * mu, rest)) if rest > 0 else 0})


def spread(total, most, parts):
    """All ways to write total as a sum of parts numbers up to most, falling."""
    if parts == 0:
        if total == 0:
            yield ()
        return
    for first in range(min(total, most), -1, -1):
        for rest in spread(total - first, first, parts - 1):
            yield (first,) + rest


groups = []
for pure, mu, gaussian, k, memberships, select in product(
        ["0", "1.5"], ["0.834407", "0.25"], ["9e-7", "9e-6"], [5], [1, 3], ["1e-7"]):
    sigma = sqrt(mpf(memberships)) / (mpf(mu) * sqrt(mpf("0.1")))
    margin = mpf(0)
    step = mpf(1)
    while step > mpf(10) ** -9:  # the margin of the test by bisection
        if erfc((margin + step) / sigma / sqrt(mpf(2))) / 2 > mpf(select) / memberships:
            margin += step
        else:
            step /= 2
    for m in [2, 3, 5]:
        def shown(j):
            return 0 if j == 0 else ncdf(-(margin - (j - 1)) / sigma)
        test = max(sum(shown(j) for j in way) for way in spread(m * memberships, m, m * memberships))
        groups.append({
            "pure": float(pure), "mu": float(mu), "gaussian": float(gaussian), "k": k, "companies": m, "memberships": memberships,
            "sigma": float(sigma), "select": float(select), "test": float(min(test, 1)),
            "epsilon": float(m * mpf(pure) + epsilon_of(m * mpf(mu), mpf(gaussian)))})
print(json.dumps({"between": between, "groups": groups}, indent=1))
