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
      sha256: '07bf0b8d9c67916d5bd25285107f96db7617762d12563d168b88ab8b0b088775',
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
      value: 0.0339,
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
          [10, 59.5762],
          [11, 27.3491],
          [12, 98.4868],
          [13, 32.6933],
          [14, 102.6538],
          [15, 53.5767],
          [16, 54.2102],
          [17, 50.4935],
        ],
        tolerance: 0.2,
      },
    ],
  },
  default: true,
  memory: 30_000_000,
}
