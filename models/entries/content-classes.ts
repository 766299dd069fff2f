import type { Model } from '../model'

export const nsfwMobileNet: Model = {
  id: 'nsfwjs-mobilenet-v2-mid',
  title: 'NSFWJS MobileNet v2 (mid)',
  summary: 'Tells drawings, hentai, neutral, porn and sexy pictures apart, and gives 1,792 features; by Infinite Red',
  task: 'content-classification',
  format: 'tfjs',
  files: [
    {
      name: 'nsfwjs-mobilenet-v2-mid.onnx',
      bytes: 4_380_690,
      sha256: '4587606a719626cbdb99334adec702f2be7fc8165fce7e222485a20b66491ee6',
    },
  ],
  tfjs: {
    files: [
      {
        name: 'model.min.js',
        bytes: 128_625,
        sha256: 'a7a9e701491e2449b221dab7c424957f853e700602b5575da33cfd745616f964',
      },
      {
        name: 'group1-shard1of2.min.js',
        bytes: 5_593_186,
        sha256: 'f2e79a209e44d668220ec5f1533a98f2be954e3953685bf074d201b82fefc29a',
      },
      {
        name: 'group1-shard2of2.min.js',
        bytes: 142_742,
        sha256: 'f291df992a0131741372506a6072fb9f1645bff7c973c983fd6276f5f9625d5e',
      },
    ],
    conversion: {
      input: { node: 'input', name: 'input', dims: ['N', 224, 224, 3] },
      outputs: [
        { node: 'Identity', name: 'classes' },
        {
          node: 'StatefulPartitionedCall/sequential/keras_layer/StatefulPartitionedCall/StatefulPartitionedCall/StatefulPartitionedCall/predict/feature_vector/SpatialSqueeze',
          name: 'features',
        },
      ],
    },
  },
  sources: [
    {
      kind: 'npm',
      package: 'nsfwjs',
      version: '4.3.0',
      integrity: 'sha512-WTKDte0vp1X97N1h34P79G/hG+sVT3+TnDz9di1WseIJR93v11E4viNX7Vg9WsO6HYoR772Nzq2iM8jo3XBZ+g==',
      bytes: 25_336_605,
      paths: [
        'dist/models/mobilenet_v2_mid/model.min.js',
        'dist/models/mobilenet_v2_mid/group1-shard1of2.min.js',
        'dist/models/mobilenet_v2_mid/group1-shard2of2.min.js',
      ],
    },
  ],
  licence: { weights: 'MIT', code: 'MIT', commercial: 'yes', url: 'https://github.com/infinitered/nsfwjs' },
  inputs: [{ name: 'input', shape: ['N', 224, 224, 3], type: 'float32' }],
  outputs: [
    { name: 'classes', shape: ['N', 5], type: 'float32' },
    { name: 'features', shape: ['N', 1792], type: 'float32' },
  ],
  preprocess: {
    width: 224,
    height: 224,
    fit: 'stretch',
    order: 'rgb',
    layout: 'nhwc',
    mean: [0, 0, 0],
    std: [255, 255, 255],
  },
  batch: 16,
  quality: [],
  golden: {
    feeds: [{ name: 'input', dims: [1, 224, 224, 3], low: 0, high: 1 }],
    outputs: [
      { name: 'classes', dims: [1, 5], at: [[2, 0.9017906]], tolerance: 0.005 },
      {
        name: 'features',
        dims: [1, 1792],
        at: [
          [84, 2.889418],
          [255, 1.120964],
          [517, 0.6523651],
          [730, 0.6526057],
          [993, 1.351767],
          [1189, 3.997324],
          [1403, 0.7169206],
          [1655, 3.336979],
        ],
        tolerance: 0.03,
      },
    ],
  },
  default: true,
  memory: 62_000_000,
}
