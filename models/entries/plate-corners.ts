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
      sha256: '09d94325fc5dc66cab570c50aff3fecd771d8da3246ce7af5b23c48ae2733027',
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
      measure: 'Mean corner error / plate width, held back photos of trained sources',
      value: 0.0355,
      source: 'models/training/fit_trust.py; the detector alone 0.0401',
    },
  ],
  golden: {
    feeds: [{ name: 'crops', dims: [2, 3, 80, 160], low: 0, high: 1 }],
    outputs: [
      {
        name: 'plates',
        dims: [2, 9],
        at: [
          [10, 40.8932],
          [11, 27.0473],
          [12, 110.052],
          [13, 33.0833],
          [14, 105.8275],
          [15, 49.4965],
          [16, 50.3156],
          [17, 46.3595],
        ],
        tolerance: 0.2,
      },
    ],
  },
  default: true,
  memory: 30_000_000,
}
