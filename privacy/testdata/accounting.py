"""Makes accounting.json: privacy parameters computed by Google's dp_accounting.

    pip install dp-accounting==0.6.0 && python3 accounting.py > accounting.json

gaussian: delta of one Gaussian mechanism of parameter mu at epsilon, from the
closed form of the privacy loss of a Gaussian.
composed: bounds of delta of several mechanisms together, Gaussian ones of
parameters mu and Laplace ones of pure epsilon, from privacy loss
distributions that are discretised once optimistically and once
pessimistically, so that the true value lies between them.
"""
import json
import random

from dp_accounting.pld import privacy_loss_distribution as pld
from dp_accounting.pld import privacy_loss_mechanism as mechanism

choose = random.Random(1)


def millionths(low, high):
    return round(choose.uniform(low, high), 6)


def gaussian():
    mu = millionths(0.02, 3)
    loss = mechanism.GaussianPrivacyLoss(standard_deviation=1 / mu, sensitivity=1)
    # Where delta is between a tenth and 1e-9; beyond, floating point is no reference.
    while True:
        epsilon = round(choose.uniform(0, mu * mu / 2 + 5 * mu), 9)
        delta = loss.get_delta_for_epsilon(epsilon)
        if 1e-9 < delta < 0.5:
            return {"mu": mu, "epsilon": epsilon, "delta": delta}


def composed(pure_parts):
    mus = [millionths(0.1, 0.9) for _ in range(choose.randint(1, 5))]
    pure = [millionths(0.1, 1.0) for _ in range(pure_parts)]
    bounds = []
    for pessimistic in (False, True):
        total = None
        for mu in mus:
            part = pld.from_gaussian_mechanism(1 / mu, pessimistic_estimate=pessimistic,
                                               value_discretization_interval=1e-3)
            total = part if total is None else total.compose(part)
        for epsilon in pure:
            total = total.compose(pld.from_laplace_mechanism(
                1 / epsilon, pessimistic_estimate=pessimistic, value_discretization_interval=1e-3))
        bounds.append(total)
    epsilon = round(choose.uniform(0.2, 4), 3)
    return {"mu": mus, "pure": pure, "epsilon": epsilon,
            "low": bounds[0].get_delta_for_epsilon(epsilon),
            "high": bounds[1].get_delta_for_epsilon(epsilon)}


fixtures = {"gaussian": [gaussian() for _ in range(140)],
            "composed": [composed(0) for _ in range(40)] + [composed(1 + i % 2) for i in range(20)]}
print("{" + ",\n".join('"%s": [\n%s\n]' % (name, ",\n".join(json.dumps(row) for row in rows))
                       for name, rows in fixtures.items()) + "}")
