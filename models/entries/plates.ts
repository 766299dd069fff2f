import type { Model } from '../model'

/** Its rows are one score and four corners each, before suppression; see models/weights/darkroom-plates.md. */
export const darkroomPlates: Model = {
  id: 'darkroom-plates',
  title: 'Darkroom plates',
  summary: 'Finds number plates with their four corners; trained here, small enough for a phone',
  task: 'plate-detection',
  format: 'onnx',
  files: [
    {
      name: 'darkroom-plates.onnx',
      bytes: 3_674_346,
      sha256: '6cfbe201f993a7ea5033ae7c24bc56b6ea4c4f86371fe545978a5924c8164e46',
    },
  ],
  sources: [{ kind: 'bundled', path: 'darkroom-plates.onnx' }],
  licence: {
    weights: 'Apache-2.0',
    code: 'Apache-2.0',
    commercial: 'yes',
    note: 'Trained on photos under MIT, Apache-2.0 and CC BY, from the COCO weights of YOLOX-nano (Apache-2.0).',
  },
  inputs: [{ name: 'images', shape: ['N', 3, 'H', 'W'], type: 'float32' }],
  outputs: [{ name: 'quads', shape: ['N', 'A', 9], type: 'float32' }],
  preprocess: {
    width: 640,
    height: 640,
    fit: 'dynamic',
    stride: 32,
    anchor: 'top-left',
    pad: 114,
    order: 'rgb',
    layout: 'nchw',
    mean: [0, 0, 0],
    std: [255, 255, 255],
  },
  batch: 16,
  quality: [
    {
      measure: 'Recall at 0.1 false alarms a photo, 520 plates of sources never trained on',
      value: 0.7135,
      source: 'models/training/evaluate.py; the peer (HyperLPR y5fu) reaches 0.6731',
    },
    {
      measure: 'The same, plates that nobody annotated not counted as false alarms',
      value: 0.8673,
      source: 'models/training/evaluate.py --unlisted unlisted.json; the peer reaches 0.7212',
    },
    {
      measure: 'Mean corner error / plate width, Egyptian motorcycles never trained on',
      value: 0.1172,
      source: 'models/training/evaluate.py',
    },
  ],
  golden: {
    feeds: [{ name: 'images', dims: [1, 3, 96, 160], low: 0, high: 1 }],
    outputs: [
      {
        name: 'quads',
        dims: [1, 315, 9],
        at: [
          [41, 45.7829],
          [397, 26.7683],
          [753, 47.4295],
          [1109, 49.6818],
          [1457, 70.2159],
          [1813, 80.8699],
          [2166, 36.0922],
          [2525, 72.4216],
        ],
        tolerance: 0.2,
      },
    ],
  },
  default: true,
  memory: 150_000_000,
}
