import type { Licence, Model } from '../model'

/** Larger embeddings of whole pictures, fetched from their publisher or supplied by the user who chooses them. */

/** As networks of torchvision were trained on ImageNet. */
const IMAGENET = {
  fit: 'stretch',
  order: 'rgb',
  layout: 'nchw',
  mean: [123.675, 116.28, 103.53],
  std: [58.395, 57.12, 57.375],
} as const

const DINO_LICENCE: Licence = {
  weights: 'Apache-2.0',
  code: 'Apache-2.0',
  commercial: 'yes',
  note: 'By Meta; the export to ONNX, by onnx-community, names no licence of its own.',
  url: 'https://github.com/facebookresearch/dinov2/blob/main/LICENSE',
}

export const dinoV2Small: Model = {
  id: 'dinov2-small',
  title: 'DINOv2 small',
  summary:
    'Gives a picture 384 numbers that tell what it shows; pictures of one kind lie close, not copies alone; by Meta',
  task: 'image-embedding',
  format: 'onnx',
  files: [
    {
      name: 'model.onnx',
      bytes: 88_532_934,
      sha256: 'f22797eabf810a75e41de68d378541ebea372122b25c4ce3ef25ff618250c20a',
    },
  ],
  sources: [
    {
      kind: 'url',
      urls: [
        'https://huggingface.co/onnx-community/dinov2-small/resolve/8b1f705a3a7f6f062f6bdd21986c1583d3ef105d/onnx/model.onnx',
      ],
    },
  ],
  licence: DINO_LICENCE,
  inputs: [{ name: 'pixel_values', shape: ['N', 3, 'H', 'W'], type: 'float32' }],
  outputs: [{ name: 'last_hidden_state', shape: ['N', 'tokens', 384], type: 'float32' }],
  // Its publisher cuts out the middle; a copy may be cropped to anything, so the whole picture is taken.
  preprocess: { ...IMAGENET, width: 224, height: 224 },
  batch: 8,
  quality: [],
  default: false,
  memory: 150_000_000,
}

export const dinoV2Base: Model = {
  ...dinoV2Small,
  id: 'dinov2-base',
  title: 'DINOv2 base',
  summary: 'Gives a picture 768 numbers that tell what it shows; sees more than the small one, and is slower; by Meta',
  files: [
    {
      name: 'model.onnx',
      bytes: 346_627_111,
      sha256: '320d1012a6fc65b101fc85ca30ee7a47b2e4f6a2e8bd78fb9d7036def0e30cb0',
    },
  ],
  sources: [
    {
      kind: 'url',
      urls: [
        'https://huggingface.co/onnx-community/dinov2-base/resolve/31ef06cac16d5d301c5930d147002a058c85a5e4/onnx/model.onnx',
      ],
    },
  ],
  outputs: [{ name: 'last_hidden_state', shape: ['N', 'tokens', 768], type: 'float32' }],
  memory: 400_000_000,
}

export const sscdDiscMixup: Model = {
  id: 'sscd-disc-mixup',
  title: 'SSCD (DISC, mixup)',
  summary: 'Gives a picture 512 numbers by which copies of it are found, also heavily edited ones; by Meta',
  task: 'image-embedding',
  format: 'onnx',
  // ResNet-50 with 512 outputs. Published as TorchScript only; `models/training/copies/sscd.py` makes this file of it.
  files: [{ name: 'sscd_disc_mixup.onnx', bytes: 98_300_000 }],
  sources: [{ kind: 'supplied' }],
  licence: {
    weights: 'MIT',
    code: 'MIT',
    commercial: 'yes',
    note: 'By Meta, who say that the licence of the code is that of the weights too.',
    url: 'https://github.com/facebookresearch/sscd-copy-detection/blob/main/LICENSE',
  },
  inputs: [{ name: 'images', shape: ['N', 3, 320, 320], type: 'float32' }],
  outputs: [{ name: 'embedding', shape: ['N', 512], type: 'float32' }],
  // Its publisher recommends squares without regard to proportions.
  preprocess: { ...IMAGENET, width: 320, height: 320 },
  batch: 8,
  quality: [],
  default: false,
  memory: 200_000_000,
}
