"""Makes statements.json: every number of the privacy statement of some releases, in
the order of the text, by mpmath in 40 digits, from the plan and the account alone.

    pip install mpmath==1.3.0 && python3 statements.py > statements.json

Gaussian losses follow Dong, Roth & Su, Gaussian Differential Privacy, 2022: μ by
Corollary 2.13, composition by Corollary 3.3, groups by Theorem 2.14's mμ. A tenth of δ is
for the test of a secret roster, 3,637,979e-18 for the sampler, more where its range
ends at 8.81 standard deviations. A small panel's numbers have pure ε; under a secret roster their noisy
number of companies, to which each adds a quarter of the bound, is also the test, so that a group of m
passes it more often by exp(ε·(m − 1)/4).

Kinds: exact is printed as it is; epsilon is rounded up at the fourth decimal; delta is
rounded up at the third digit.
"""
import json

from mpmath import erfc, erfinv, exp, floor, mp, mpf, ncdf, sqrt

mp.dps = 40
SAMPLER = mpf(3637979) / mpf(10) ** 18


def tail(x):
    return erfc(x / sqrt(mpf(2))) / 2


def delta_of(mu, epsilon):
    return ncdf(mu / 2 - epsilon / mu) - exp(epsilon) * ncdf(-mu / 2 - epsilon / mu)


def epsilon_of(mu, delta):
    if mu == 0:
        return mpf(0)
    low, high = mpf(0), mu * mu / 2 + 12 * mu + 1
    for _ in range(130):
        middle = (low + high) / 2
        if delta_of(mu, middle) > delta:
            low = middle
        else:
            high = middle
    return high


def mu_of(epsilon, delta):
    low, high = mpf("1e-6"), mpf(20)
    for _ in range(130):
        middle = (low + high) / 2
        if delta_of(middle, epsilon) > delta:
            high = middle
        else:
            low = middle
    return floor(low * 10**6) / 10**6


def charge(mu):
    """What the sampler takes of delta."""
    return mpf(0) if mu == 0 else max(SAMPLER, mpf("2.9e-12") + tail(mpf("8.81") - mu) + mpf("1e-18"))


def exact(*values):
    return [{"kind": "exact", "value": float(v)} for v in values]


def rounded(kind, value):
    return [{"kind": kind, "value": float(value)}]


def numbers(case):
    secret, counted, small = case["roster"] == "secret", case["roster"] == "counted", case["expected_companies"] < 40
    epsilon, delta, k = mpf(str(case["epsilon"])), mpf(str(case["delta"])), case["min_companies"]
    select = delta / 10 if secret else mpf(0)
    pure, mu, test = (epsilon, mpf(0), mpf(0)) if small else (mpf(0), mu_of(epsilon, delta - select - SAMPLER), mpf(0))
    memberships, values = 2, 3  # all, and one value of the attribute size
    if secret and not small:
        quantile = sqrt(mpf(2)) * erfinv(1 - 2 * select / memberships)
        room = mpf(case["expected_companies"]) / (2 * values) - k
        share = min(max((quantile * sqrt(mpf(memberships)) / room / mu) ** 2, mpf("0.002")), mpf("0.1"))
        test = floor(sqrt(share) * mu * 10**6) / 10**6
    parts = select + (charge(mu) if mu else 0)

    def group_test(m):
        if small:
            return min(select * exp(epsilon * (m - 1) / 4), 1)
        sigma, margin = sqrt(mpf(memberships)) / test, quantile * sqrt(mpf(memberships)) / test
        return min(max(select, m * memberships * max(tail((margin - (j - 1)) / sigma) / j for j in range(1, m + 1))), 1)

    loss = exact(epsilon, delta)
    more = max(charge(2 * mu), charge(mu)) - SAMPLER if mu else 0
    if not counted:
        loss += rounded("epsilon", 2 * pure + epsilon_of(2 * mu, delta - parts - more))
    if secret and not small:
        loss += exact(select)
    for m in [2, 3, 5]:
        if mu == 0:
            loss += rounded("epsilon", m * pure) + (rounded("delta", group_test(m)) if secret else exact(0)) + exact(m)
            continue
        more = max(charge(m * mu), charge(mu)) - SAMPLER
        joint = delta - select + more + (group_test(m) if secret else 0)
        loss += rounded("epsilon", m * pure + epsilon_of(m * mu, delta - parts)) + rounded("delta", joint) + exact(m)

    definition = []
    if small:
        definition += exact(pure)
    if mu:
        definition += exact(mu)
    if secret:
        definition += exact(select)
    if mu:
        definition += exact(2)  # of 2⁻³⁸

    account = case["account"]
    limit, at = mpf(str(account["epsilon"])), mpf(str(account["delta"]))

    def lost(n):
        return n * pure + epsilon_of(sqrt(mpf(n)) * mu, at - n * parts)

    composition = exact(3, limit, at, 3) + rounded("epsilon", lost(2)) + exact(2) + rounded("epsilon", lost(3)) + exact(at, 3)
    if account["lifetime"]:
        composition += exact(account["lifetime"], at)
    composition += exact(2)  # the revision
    said = {
        "loss": loss, "definition": definition, "composition": composition,
        "groups": exact(k), "aggregation": exact(k),
        "accuracy": exact(100 * case["confidence"], 0.25, 0.10),
        "assurance": exact(2020) if small else [],
    }
    return said


cases = []
for roster in ["secret", "public", "counted"]:
    for companies, epsilon, delta, k, confidence, lifetime in [(100, 4, "1e-6", 5, 0.9, 0), (100, 7.5, "2e-7", 6, 0.95, 40), (30, 3, "1e-6", 5, 0.8, 30), (20, 6.25, "3e-6", 4, 0.9, 0)]:
        case = {
            "roster": roster, "epsilon": epsilon, "delta": float(delta), "min_companies": k, "confidence": confidence, "expected_companies": companies,
            "account": {"epsilon": 20, "delta": 1e-5, "lifetime": lifetime},
        }
        case["numbers"] = numbers(case)
        cases.append(case)
print(json.dumps(cases, indent=1, ensure_ascii=False))
