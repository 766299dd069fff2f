"""What each step trains on, and how fast it learns."""

import math
import time

# Share of the training up to which pictures have these sides; small ones first, they are quicker.
SIDES = ((0.4, (256, 288, 320)), (0.75, (320, 384, 416)), (1.0, (512, 576, 640)))
# A step holds about as many pixels, whatever the side.
STEP_PIXELS = 16 * 320 * 320
WARM_UP_STEPS = 100


class Schedule:
    """Yields, without end, the keys (number, side) of each step's scenes; the side changes from step to step."""

    def __init__(self, steps, minutes, late, rank=0, ranks=1):
        self.steps, self.minutes, self.late = steps, minutes, late
        self.rank, self.ranks = rank, ranks
        self.began = time.time()

    def done(self, step):
        """0..1 and above: by the clock where minutes are given, else by steps."""
        return (time.time() - self.began) / 60 / self.minutes if self.minutes else step / self.steps

    def sides(self, step):
        done = 1 if self.late else self.done(step)
        return next((sides for until, sides in SIDES if done < until), SIDES[-1][1])

    def __iter__(self):
        number, step = self.rank, 0
        while True:
            sides = self.sides(step)
            side = sides[step % len(sides)]
            count = max(2, STEP_PIXELS // side**2 // self.ranks)
            yield [(number + i * self.ranks, side) for i in range(count)]
            number, step = number + count * self.ranks, step + 1


def rate_at(step, done, peak):
    """A short climb, then half a cosine down to a fiftieth."""
    warm = min(1, (step + 1) / WARM_UP_STEPS)
    return peak * warm * (0.02 + 0.98 * (1 + math.cos(math.pi * min(done, 1))) / 2)
