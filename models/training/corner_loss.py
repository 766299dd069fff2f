"""What a wrong answer of the corner network costs."""

import torch
import torch.nn.functional as F

from corner_network import places
from crops import HEIGHT, WIDTH
from loss import BOX_SLACK, boxes, overlap

# Standard deviation of the wanted heatmaps, in crop pixels.
SPREAD = 4.0
MAP_WEIGHT, CORNER_WEIGHT, BOX_WEIGHT = 0.15, 8.0, 0.5
# Scores are taught softly: some plates were never annotated.
SMOOTH = 0.02
# Others count by how sure the network is of a plate there: lettering must sink below plates.
FALSE_LEAST, FALSE_MOST = 0.3, 2.5


def corner_loss(answer, goal, quads, exact, known):
    """Mean cost and its parts. `goal` [N] 0..1 or -1 where the score is not taught; `quads` [N,8] crop pixels, `exact` [N]
    all corners are known, `known` [N] at least their upright box is."""
    score, maps, corners = answer
    taught = goal >= 0
    wanted = goal.clamp(min=0) * (1 - 2 * SMOOTH) + SMOOTH
    sure = score.detach().sigmoid()
    weight = torch.where(goal > 0, 1.0, FALSE_LEAST + (FALSE_MOST - FALSE_LEAST) * sure) * taught
    score_cost = (F.binary_cross_entropy_with_logits(score, wanted, reduction="none") * weight).mean()
    size = boxes(quads)
    length = (size[:, 2:] - size[:, :2]).sum(1).clamp(min=8) / 4
    away = (corners - quads).abs()
    slack = BOX_SLACK * (size[:, 3] - size[:, 1])
    away = torch.where(exact[:, None], away, (away - slack[:, None]).clamp(min=0)).mean(1) / length
    corner_cost = (away * known).mean()
    box_cost = ((1 - overlap(boxes(corners), size, True)) * known * ~exact).mean()
    map_cost = (heatmap_cost(maps, quads) * exact).mean()
    total = score_cost + CORNER_WEIGHT * corner_cost + BOX_WEIGHT * box_cost + MAP_WEIGHT * map_cost
    return total, (score_cost.item(), corner_cost.item(), box_cost.item(), map_cost.item())


def heatmap_cost(maps, quads):
    """Cross-entropy [N] with a Gaussian around each corner; a corner outside the crop asks for none."""
    points = quads.unflatten(1, (4, 2))
    away = (places(maps.device)[None, None] - points[:, :, None]).pow(2).sum(3)
    wanted = (-away / (2 * SPREAD**2)).softmax(2)
    inside = ((points > 0) & (points < points.new_tensor([WIDTH, HEIGHT]))).all(2)
    return ((wanted * -maps.log_softmax(2)).sum(2) * inside).mean(1)
