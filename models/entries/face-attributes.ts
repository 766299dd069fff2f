import type { Model } from '../model'

/** Its inputs are BGR with ImageNet's mean taken off, as its network (a MobileNet of Keras) was trained. */
export const faceRes: Model = {
  id: 'human-faceres',
  title: 'FaceRes',
  summary: 'Estimates age and gender of a face in a square crop; by HSE, packaged for the library Human',
  task: 'face-attributes',
  format: 'tfjs',
  files: [
    {
      name: 'faceres.onnx',
      bytes: 7_001_504,
      sha256: '3113af4228b0cc44a1bc9350f58b90aa023fea20200cc01792bc43ebe460e3ee',
    },
  ],
  tfjs: {
    files: [
      {
        name: 'faceres.json',
        bytes: 71_432,
        sha256: '5b83d49c0385d2e68a05122441b94226313677cae9fcc40b9587ad50079eb4df',
      },
      {
        name: 'faceres.bin',
        bytes: 6_978_814,
        sha256: '2c7d2d62b76c97528b736527aa09d310ea71743c9e3e79fb6c62d4b2d73af79b',
      },
    ],
    conversion: {
      input: { node: 'input_1', name: 'input', dims: ['N', 224, 224, 3] },
      outputs: [
        { node: 'age_pred/Softmax', name: 'age' },
        { node: 'gender_pred/Sigmoid', name: 'gender' },
        { node: 'global_pooling/Mean', name: 'descriptor' },
      ],
    },
  },
  sources: [
    {
      kind: 'npm',
      package: '@vladmandic/human',
      version: '3.3.6',
      integrity: 'sha512-Nr5mPfq1gQ+uKeXY5uM3Fj8UxvF5CEh2s6txM5wRThqaW0mF9huooOuZSrT8hhGho0hGaXLFdAwfD/2+teCv6A==',
      bytes: 28_615_417,
      paths: ['models/faceres.json', 'models/faceres.bin'],
    },
  ],
  licence: {
    weights: 'Apache-2.0',
    code: 'MIT',
    commercial: 'unclear',
    note: 'The weights are under Apache-2.0, but were trained on pictures of celebrities from the web.',
    url: 'https://github.com/HSE-asavchenko/HSE_FaceRec_tf',
  },
  inputs: [{ name: 'input', shape: ['N', 224, 224, 3], type: 'float32' }],
  outputs: [
    { name: 'age', shape: ['N', 100], type: 'float32' },
    { name: 'gender', shape: ['N', 1], type: 'float32' },
    { name: 'descriptor', shape: ['N', 1024], type: 'float32' },
  ],
  preprocess: {
    width: 224,
    height: 224,
    fit: 'stretch',
    order: 'bgr',
    layout: 'nhwc',
    mean: [103.939, 116.779, 123.68],
    std: [1, 1, 1],
  },
  batch: 16,
  quality: [
    {
      measure: 'share of 71 faces whose gender is right',
      value: 0.972,
      source: 'measured by this project on 71 photographs that it labelled itself',
    },
  ],
  golden: {
    feeds: [{ name: 'input', dims: [2, 224, 224, 3], low: -120, high: 120 }],
    outputs: [
      {
        name: 'age',
        dims: [2, 100],
        at: [
          [12, 0.008549245],
          [32, 0.02152069],
          [51, 0.01191642],
          [71, 0.005346312],
          [112, 0.008456198],
          [132, 0.02139072],
          [151, 0.01199385],
          [171, 0.005375063],
        ],
        tolerance: 0.0001,
      },
      {
        name: 'gender',
        dims: [2, 1],
        at: [
          [0, 0.6323341],
          [1, 0.6337062],
        ],
        tolerance: 0.002,
      },
      {
        name: 'descriptor',
        dims: [2, 1024],
        at: [
          [7, 1.851923],
          [444, 0.4114224],
          [845, 0.2983634],
          [917, 1.408022],
          [1031, 2.152725],
          [1468, 0.5561899],
          [1869, 0.3567337],
          [1941, 1.500282],
        ],
        tolerance: 0.006,
      },
    ],
  },
  default: true,
  memory: 42_000_000,
}
