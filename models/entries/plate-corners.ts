import type { Model } from '../model'

/** Looks closely at what the plate detector finds; see models/weights/darkroom-plate-corners.md. */
export const darkroomPlateCorners: Model = {
  id: 'darkroom-plate-corners',
  title: 'Darkroom plate corners',
  summary: 'Tells from a crop whether it shows a number plate, and where its corners are; trained here',
  task: 'plate-corners',
  format: 'onnx',
  files: [
    {
      name: 'darkroom-plate-corners.onnx',
      bytes: 2_801_864,
      sha256: '7ef8f7455dde1ea0f0a38913e87e21caf6d99c8e15ac8893169e24a221991c50',
    },
  ],
  sources: [{ kind: 'bundled', path: 'darkroom-plate-corners.onnx' }],
  licence: {
    weights: 'Apache-2.0',
    code: 'Apache-2.0',
    commercial: 'yes',
    note: 'Trained on photos under MIT, Apache-2.0 and CC BY.',
  },
  inputs: [{ name: 'crops', shape: ['N', 3, 80, 160], type: 'float32' }],
  outputs: [{ name: 'plates', shape: ['N', 9], type: 'float32' }],
  preprocess: {
    width: 160,
    height: 80,
    fit: 'stretch',
    order: 'rgb',
    layout: 'nchw',
    mean: [0, 0, 0],
    std: [255, 255, 255],
  },
  batch: 64,
  quality: [
    {
      measure: 'Mean corner error / plate width after two rounds, held back photos of trained sources',
      value: 0,
      source: 'models/training/fit_scores.py; the detector alone 0',
    },
  ],
  golden: {
    feeds: [{ name: 'crops', dims: [2, 3, 80, 160], low: 0, high: 1 }],
    outputs: [
      {
        name: 'plates',
        dims: [2, 9],
        at: [
          [10, 49.7324],
          [11, 26.2165],
          [12, 121.1997],
          [13, 33.8719],
          [14, 115.6848],
          [15, 52.3119],
          [16, 47.6],
          [17, 42.8486],
        ],
        tolerance: 0.2,
      },
    ],
  },
  default: true,
  memory: 30_000_000,
}
