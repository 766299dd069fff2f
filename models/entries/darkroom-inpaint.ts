import type { Model } from '../model'

/** Its image comes with the hole already filled by diffusion; see models/weights/darkroom-inpaint.md. */
export const darkroomInpaint: Model = {
  id: 'darkroom-inpaint',
  title: 'Darkroom inpainting',
  summary: 'Corrects a smoothly filled hole: strokes, text, small objects; trained here, small enough for a phone',
  task: 'inpainting',
  format: 'onnx',
  files: [
    {
      name: 'darkroom-inpaint.onnx',
      bytes: 8_239_137,
      sha256: '04ba0a4d7763e5671f52e698c44a4078c4549df26a17ce5552578488f484200d',
    },
  ],
  sources: [{ kind: 'bundled', path: 'darkroom-inpaint.onnx' }],
  licence: {
    weights: 'Apache-2.0',
    code: 'Apache-2.0',
    commercial: 'yes',
    note: 'Trained from nothing on photos that may be used freely or under CC0, CC BY, CC BY-SA, GPL and Apache-2.0.',
  },
  inputs: [
    { name: 'image', shape: ['N', 3, 'H', 'W'], type: 'float32' },
    { name: 'mask', shape: ['N', 1, 'H', 'W'], type: 'float32' },
  ],
  outputs: [{ name: 'filled', shape: ['N', 3, 'H', 'W'], type: 'float32' }],
  preprocess: {
    width: 512,
    height: 512,
    fit: 'dynamic',
    stride: 32,
    order: 'rgb',
    layout: 'nchw',
    mean: [0, 0, 0],
    std: [255, 255, 255],
  },
  batch: 4,
  quality: [
    {
      measure: 'PSNR in the hole, dB, strokes on held back photos',
      value: 25.37,
      source: 'models/training/inpaint/evaluate.py; diffusion 24.77, OpenCV Telea 23.32, Navier–Stokes 23.40',
    },
    {
      measure: 'PSNR in the hole, dB, text on held back photos',
      value: 26.27,
      source: 'models/training/inpaint/evaluate.py; diffusion 25.82, OpenCV Telea 24.52, Navier–Stokes 24.86',
    },
    {
      measure: 'Perceptual distance × 1000, strokes on held back photos',
      value: 32.06,
      source: 'models/training/inpaint/evaluate.py; diffusion 36.06, OpenCV Telea 35.44, Navier–Stokes 36.11',
    },
  ],
  golden: {
    feeds: [
      { name: 'image', dims: [1, 3, 64, 96], low: 0, high: 1 },
      { name: 'mask', dims: [1, 1, 64, 96], low: 0, high: 1 },
    ],
    outputs: [
      {
        name: 'filled',
        dims: [1, 3, 64, 96],
        at: [
          [1147, 0.1629],
          [3448, 0.9001],
          [5734, 0.8685],
          [8040, 0.8539],
          [10364, 0.7666],
          [12680, 0.8461],
          [14975, 0.8342],
          [17271, 0.3667],
        ],
        tolerance: 0.01,
      },
    ],
  },
  default: true,
  memory: 50_000_000,
}
