import type { Model } from '../model'

/** Copies of a picture lie close together, whatever was done to them; see models/weights/darkroom-copies.md. */
export const darkroomCopies: Model = {
  id: 'darkroom-copies',
  title: 'Darkroom copies',
  summary: 'Gives a picture 256 numbers by which its edited copies are found; trained here, small enough for a phone',
  task: 'image-embedding',
  format: 'onnx',
  files: [
    {
      name: 'darkroom-copies.onnx',
      bytes: 2_262_527,
      sha256: '7943af9b7b840e6e98ca04d7e666d36829ea3f11564a3c2eb85759e6cfce3372',
    },
  ],
  sources: [{ kind: 'bundled', path: 'darkroom-copies.onnx' }],
  licence: {
    weights: 'Apache-2.0',
    code: 'Apache-2.0',
    commercial: 'yes',
    note: 'Trained on photos that may be used freely or under CC BY, CC BY-SA, GPL, MIT and Apache-2.0, from the COCO weights of YOLOX-nano (Apache-2.0).',
  },
  inputs: [{ name: 'images', shape: ['N', 3, 192, 192], type: 'float32' }],
  outputs: [{ name: 'embedding', shape: ['N', 256], type: 'float32' }],
  preprocess: {
    width: 192,
    height: 192,
    fit: 'stretch',
    order: 'rgb',
    layout: 'nchw',
    mean: [0, 0, 0],
    std: [255, 255, 255],
  },
  batch: 16,
  quality: [
    {
      measure: 'Recall at 1e-3 false positives, 11 edits of 135 pictures of sources never trained on',
      value: 0.967,
      source: 'npm run bench copies edits; PDQ in eight orientations reaches 0.757, features of MobileNetV2 0.702',
    },
    {
      measure: 'Top-1 on the same',
      value: 0.989,
      source: 'npm run bench copies edits; PDQ reaches 0.763, features of MobileNetV2 0.850',
    },
  ],
  golden: {
    feeds: [{ name: 'images', dims: [1, 3, 192, 192], low: 0, high: 1 }],
    outputs: [
      {
        name: 'embedding',
        dims: [1, 256],
        at: [
          [5, -0.0604061],
          [40, 0.0117499],
          [75, -0.0897275],
          [110, -0.0540232],
          [145, -0.0302229],
          [180, -0.0190574],
          [215, 0.0948219],
          [251, -0.118262],
        ],
        tolerance: 0.005,
      },
    ],
  },
  default: true,
  memory: 40_000_000,
}
