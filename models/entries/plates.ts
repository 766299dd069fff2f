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
      sha256: 'd8592df3f061f3e64d7dd932016597580514e66fe738e135e7edf2191f838363',
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
      measure: 'Recall at 0.1 false alarms a photo, 520 plates of sources never trained on, with the corner model',
      value: 0.8577,
      source: 'models/training/evaluate.py; the peer (HyperLPR y5fu) reaches 0.6731',
    },
    {
      measure: 'The same, plates that nobody annotated not counted as false alarms',
      value: 0.9212,
      source: 'models/training/evaluate.py --unlisted unlisted.json; the peer reaches 0.7212',
    },
    {
      measure: 'Mean corner error / plate width, Egyptian motorcycles never trained on, with the corner model',
      value: 0.0924,
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
          [41, 45.9111],
          [397, 25.6531],
          [753, 46.2445],
          [1109, 50.2599],
          [1457, 77.09],
          [1813, 81.157],
          [2166, 30.5379],
          [2525, 36.27],
        ],
        tolerance: 0.2,
      },
    ],
  },
  default: true,
  memory: 150_000_000,
}
