"""Top-1 and recall on pictures that training never saw, each edited in eleven ways."""

import numpy as np
import torch

import edits
from views import square

FALSE_POSITIVES = 1e-3


def edit_set(pictures, side, seed=0):
    """References uint8 [P,3,S,S]; queries [P·11,3,S,S] in the order of the pictures; names of the edits."""
    references, queries, names = [], [], []
    for image, edited in edits.of_each(pictures, seed):
        references.append(square(image, side))
        queries += [square(query, side) for query in edited.values()]
        names = list(edited)
    return np.stack(references), np.stack(queries), names


def embed(model, images, batch=64):
    with torch.no_grad():
        parts = [model(torch.from_numpy(images[i : i + batch]).float() / 255) for i in range(0, len(images), batch)]
    return torch.cat(parts).numpy()


def figures(references, queries, names):
    """Top-1, recall at FALSE_POSITIVES over all pairs of strangers, the threshold, and recall of each edit."""
    similar = queries @ references.T
    owner = np.repeat(np.arange(len(references)), len(names))
    own = similar[np.arange(len(queries)), owner]
    strangers = similar.copy()
    strangers[np.arange(len(queries)), owner] = -2
    threshold = np.sort(strangers[strangers > -2])[-int(FALSE_POSITIVES * strangers.size) - 1]
    found = (own > threshold).reshape(-1, len(names))
    return {
        "pictures": len(references),
        "top1": round(float((own > strangers.max(1)).mean()), 4),
        "recall": round(float(found.mean()), 4),
        "threshold": round(float(threshold), 4),
        "by_edit": {name: round(float(share), 3) for name, share in zip(names, found.mean(0))},
    }
