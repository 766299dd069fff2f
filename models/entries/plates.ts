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
      sha256: '52635c2e810444af5f6e0d32e62ccfd0757e56024e7a415e024c581ed71d0482',
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
  quality: [],
  golden: {
    feeds: [{ name: 'images', dims: [1, 3, 96, 160], low: 0, high: 1 }],
    outputs: [
      {
        name: 'quads',
        dims: [1, 315, 9],
        at: [
          [41, 46.637],
          [397, 23.2869],
          [753, 45.1304],
          [1109, 50.2453],
          [1457, 74.6458],
          [1813, 80.5287],
          [2166, 29.9378],
          [2525, 53.4638],
        ],
        tolerance: 0.2,
      },
    ],
  },
  default: true,
  memory: 150_000_000,
}
