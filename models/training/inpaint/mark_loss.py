"""What the network that finds marks is told about its answer."""

import torch
import torch.nn.functional as F


def mark_loss(logits, seen):
    """Cross-entropy, which tells each pixel, and Dice, which tells the share of each picture's mark that is found."""
    entropy = F.binary_cross_entropy_with_logits(logits, seen, pos_weight=torch.tensor(2.0))
    share, axes = logits.sigmoid(), (1, 2, 3)
    both = 2 * (share * seen).sum(axes) + 50
    dice = 1 - both / (share.sum(axes) + seen.sum(axes) + 50)
    return entropy + 0.5 * dice.mean()
