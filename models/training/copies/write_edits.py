"""Writes the edit set as files, for `npm run bench copies`: each picture, and the eleven edits of it.

`python3 write_edits.py --photos P --plates P --inpaint P --copies P --out FOLDER [--held SEED]`

FOLDER/edits.jsonl has a line for each file: `file`, `picture` (its number) and `edit` (null for the picture itself).
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

import edits
from pictures import measured, split, trained


def main():
    parser = argparse.ArgumentParser()
    for name in ("photos", "plates", "inpaint", "copies", "out"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--held", type=int, help="pictures held back by the run of this seed, not those that measure")
    args = parser.parse_args()
    if args.held is None:
        pictures = measured(args.photos, args.plates, args.inpaint, args.copies)
    else:
        pictures = split(trained(args.photos, args.plates), args.held)[1]
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    with (out / "edits.jsonl").open("w") as listed:
        for number, (image, edited) in enumerate(edits.of_each(pictures)):
            for edit, pixels in {None: image, **edited}.items():
                file = f"{number}-{(edit or 'original').replace(' ', '-')}.png"
                cv2.imwrite(str(out / file), np.ascontiguousarray(pixels), [cv2.IMWRITE_PNG_COMPRESSION, 1])
                listed.write(json.dumps({"file": file, "picture": number, "edit": edit}) + "\n")


if __name__ == "__main__":
    main()
