import type { Model } from '../model'

/** Fetched from their publishers when a user chooses them. */

export const laMa: Model = {
  id: 'lama-fp32',
  title: 'LaMa',
  summary: 'Fills holes of a 512×512 picture, large ones and patterns too; by Samsung AI, exported by Carve',
  task: 'inpainting',
  format: 'onnx',
  files: [
    {
      name: 'lama_fp32.onnx',
      bytes: 208_044_816,
      sha256: '1faef5301d78db7dda502fe59966957ec4b79dd64e16f03ed96913c7a4eb68d6',
    },
  ],
  sources: [
    {
      kind: 'url',
      urls: ['https://huggingface.co/Carve/LaMa-ONNX/resolve/c3c0c9e468934d62e79c329e35d82dd09ff8c444/lama_fp32.onnx'],
    },
  ],
  licence: {
    weights: 'Apache-2.0',
    code: 'Apache-2.0',
    commercial: 'unclear',
    note: 'The weights are under Apache-2.0; they were trained on Places2, whose pictures have licences of their own.',
    url: 'https://huggingface.co/Carve/LaMa-ONNX',
  },
  inputs: [
    { name: 'image', shape: [1, 3, 512, 512], type: 'float32' },
    { name: 'mask', shape: [1, 1, 512, 512], type: 'float32' },
  ],
  outputs: [{ name: 'output', shape: [1, 3, 512, 512], type: 'float32' }],
  preprocess: {
    width: 512,
    height: 512,
    fit: 'stretch',
    order: 'rgb',
    layout: 'nchw',
    mean: [0, 0, 0],
    std: [255, 255, 255],
  },
  batch: 1,
  quality: [],
  default: false,
  memory: 900_000_000,
}

export const miGan: Model = {
  id: 'migan-pipeline-v2',
  title: 'MI-GAN',
  summary: 'Fills holes of a picture of any size, quickly; by Picsart',
  task: 'inpainting',
  format: 'onnx',
  files: [
    {
      name: 'migan_pipeline_v2.onnx',
      bytes: 28_079_181,
      sha256: '6f1f3530a1a2324b19752018ce756088b07973cda8d7d890034ace5c8a48c40b',
    },
  ],
  sources: [
    {
      kind: 'url',
      urls: [
        'https://huggingface.co/andraniksargsyan/migan/resolve/1538c135034b8cfe7a8472f34d09c8a5a45b17a7/migan_pipeline_v2.onnx',
      ],
    },
  ],
  licence: {
    weights: 'MIT',
    code: 'MIT',
    commercial: 'unclear',
    note: 'The weights are under MIT; they were trained on Places2, whose pictures have licences of their own.',
    url: 'https://github.com/Picsart-AI-Research/MI-GAN',
  },
  inputs: [
    { name: 'image', shape: [1, 3, 'H', 'W'], type: 'uint8' },
    { name: 'mask', shape: [1, 1, 'H', 'W'], type: 'uint8' },
  ],
  outputs: [{ name: 'result', shape: [1, 3, 'H', 'W'], type: 'uint8' }],
  batch: 1,
  quality: [],
  default: false,
  memory: 400_000_000,
}
