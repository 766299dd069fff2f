import type { Model } from '../model'

/** Says of each pixel whether it belongs to a mark laid over the photo; see models/weights/darkroom-marks.md. */
export const darkroomMarks: Model = {
  id: 'darkroom-marks',
  title: 'Darkroom marks',
  summary:
    'Finds what was laid over a photo, pixel by pixel: text, tiles, logos, half transparent or not; trained here',
  task: 'mark-detection',
  format: 'onnx',
  files: [
    {
      name: 'darkroom-marks.onnx',
      bytes: 2_496_202,
      sha256: '433a96700b798c2e0fb64559cb285327d7805891aefacc4be987d901b50cb199',
    },
  ],
  sources: [{ kind: 'bundled', path: 'darkroom-marks.onnx' }],
  licence: {
    weights: 'Apache-2.0',
    code: 'Apache-2.0',
    commercial: 'yes',
    note: 'Trained from nothing on photos that may be used freely or under CC0, CC BY, CC BY-SA, GPL, MIT and Apache-2.0.',
  },
  inputs: [{ name: 'image', shape: ['N', 3, 'H', 'W'], type: 'float32' }],
  outputs: [{ name: 'marked', shape: ['N', 1, 'H', 'W'], type: 'float32' }],
  preprocess: {
    width: 640,
    height: 640,
    fit: 'dynamic',
    stride: 16,
    order: 'rgb',
    layout: 'nchw',
    mean: [0, 0, 0],
    std: [255, 255, 255],
  },
  batch: 4,
  quality: [
    {
      measure: 'Marks found, share, on photos held back, by the whole finder',
      value: 0.68,
      source: 'npm run bench watermark; 0.62 without this model',
    },
  ],
  golden: {
    feeds: [{ name: 'image', dims: [1, 3, 64, 96], low: -5, high: 5 }],
    outputs: [
      {
        name: 'marked',
        dims: [1, 1, 64, 96],
        at: [
          [357, 0.3293],
          [969, 0.3392],
          [1584, 0.3027],
          [2784, 0.4808],
          [3464, 0.6293],
          [4320, 0.2276],
          [4885, 0.3536],
          [5602, 0.3538],
        ],
        tolerance: 0.02,
      },
    ],
  },
  default: true,
  memory: 30_000_000,
}
