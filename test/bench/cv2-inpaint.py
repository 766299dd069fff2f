"""Answers one JSON line for each JSON line: inpaints with OpenCV's two methods, with one thread."""
import json
import sys
import time

import cv2

cv2.setNumThreads(1)

METHODS = {'telea': cv2.INPAINT_TELEA, 'ns': cv2.INPAINT_NS}


def inpaint(image, mask, method, radius, out):
    picture, hole = cv2.imread(image, cv2.IMREAD_COLOR), cv2.imread(mask, cv2.IMREAD_GRAYSCALE)
    start = time.process_time()
    filled = cv2.inpaint(picture, hole, radius, METHODS[method])
    seconds = time.process_time() - start
    if out:
        cv2.imwrite(out, filled)
    return {'seconds': seconds}


for line in sys.stdin:
    print(json.dumps(inpaint(**json.loads(line))), flush=True)
