"""What each step trains on, and how fast it learns."""

import math
import time

# Share of the training up to which crops have this side, in pixels, and how many make a step; small ones first: they give
# more steps for the time.
SIDES = ((0.5, 128, 8), (0.8, 192, 6), (1.0, 256, 4))
WARM_UP_STEPS = 100


class Schedule:
    """Yields, without end, the keys (number, side) of each step's crops."""

    def __init__(self, steps, minutes, late):
        self.steps, self.minutes, self.late = steps, minutes, late
        self.began = time.time()

    def seconds(self):
        return time.time() - self.began

    def done(self, step):
        """0..1 and above: by the clock where minutes are given, else by steps."""
        return self.seconds() / 60 / self.minutes if self.minutes else step / self.steps

    def __iter__(self):
        number, step = 0, 0
        while True:
            done = 1 if self.late else self.done(step)
            side, count = next(((side, count) for until, side, count in SIDES if done < until), SIDES[-1][1:])
            yield [(number + i, side) for i in range(count)]
            number, step = number + count, step + 1


def rate_at(step, done, peak):
    """A short climb, then half a cosine down to a hundredth."""
    warm = min(1, (step + 1) / WARM_UP_STEPS)
    return peak * warm * (0.01 + 0.99 * (1 + math.cos(math.pi * min(done, 1))) / 2)
