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
      sha256: '7704c5c33d114aca16a7b3d01573bb66830ec6f40de85a0c25d22a69536ef2ed',
    },
  ],
  sources: [{ kind: 'bundled', path: 'darkroom-copies.onnx' }],
  licence: {
    weights: 'Apache-2.0',
    code: 'Apache-2.0',
    commercial: 'yes',
    note: 'Trained on photos that may be used freely or under CC BY, CC BY-SA, GPL, MIT and Apache-2.0, from the COCO weights of YOLOX-nano (Apache-2.0).',
  },
  inputs: [{ name: 'images', shape: ['N', 3, 224, 224], type: 'float32' }],
  outputs: [{ name: 'embedding', shape: ['N', 256], type: 'float32' }],
  preprocess: {
    width: 224,
    height: 224,
    fit: 'stretch',
    order: 'rgb',
    layout: 'nchw',
    mean: [0, 0, 0],
    std: [255, 255, 255],
  },
  batch: 16,
  quality: [],
  golden: {
    feeds: [{ name: 'images', dims: [1, 3, 224, 224], low: 0, high: 1 }],
    outputs: [
      {
        name: 'embedding',
        dims: [1, 256],
        at: [
          [5, -0.0126683],
          [40, 0.0797786],
          [75, -0.0630177],
          [110, -0.0914217],
          [145, -0.00454932],
          [180, -0.0383223],
          [215, 0.0501338],
          [251, -0.0271106],
        ],
        tolerance: 0.005,
      },
    ],
  },
  default: true,
  memory: 40_000_000,
}
