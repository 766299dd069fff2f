"""Weights on disk."""

import torch


def load(network, path):
    """The network, with the weights of a checkpoint."""
    network.load_state_dict(torch.load(path, map_location="cpu"))
    return network


class Keeper:
    """Keeps the newest weights, and those that did best on the held back photos."""

    def __init__(self, out):
        self.out, self.best = out, float("-inf")

    def keep(self, network, value):
        torch.save(network.state_dict(), self.out / "last.pt")
        if value > self.best:
            self.best = value
            torch.save(network.state_dict(), self.out / "best.pt")
