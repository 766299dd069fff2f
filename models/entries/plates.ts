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
      sha256: 'cd1d562fbc720744366a3ea92bfb282a5e902a5e9b2bf33f727e11c3e210ac2b',
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
      value: 0.7712,
      source: 'models/training/evaluate.py; the peer (HyperLPR y5fu) reaches 0.6731',
    },
    {
      measure: 'The same, plates that nobody annotated not counted as false alarms',
      value: 0.8692,
      source: 'models/training/evaluate.py --unlisted unlisted.json; the peer reaches 0.7212',
    },
    {
      measure: 'Mean corner error / plate width, Egyptian motorcycles never trained on',
      value: 0.1328,
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
          [41, 46.1316],
          [397, 27.2104],
          [753, 44.2584],
          [1109, 49.2035],
          [1457, 71.5701],
          [1813, 81.7112],
          [2166, 32.8003],
          [2525, 46.8],
        ],
        tolerance: 0.2,
      },
    ],
  },
  default: true,
  memory: 150_000_000,
}
