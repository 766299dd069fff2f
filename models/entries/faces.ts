import type { Licence, Model, Source } from '../model'

export const facePlugin = (file: string): Source => ({
  kind: 'npm',
  package: 'faceplugin-face-recognition-js',
  version: '0.0.1',
  integrity: 'sha512-shriXjd4zJHEwhK1jHK+bWo8Vv6Vu9B/w6RRsd4AFtNM/jaI2vhuOamOSMl9qQmLd8WlQ7dgqN+3C2iOi5pXWw==',
  bytes: 41_114_878,
  paths: [`model/${file}`],
})

export const FACE_PLUGIN_LICENCE: Licence = {
  weights: 'MIT',
  code: 'MIT',
  commercial: 'unclear',
  note: 'The package is under MIT, but does not say which pictures the weights were trained on.',
  url: 'https://github.com/Faceplugin-ltd/FaceRecognition-Javascript',
}

export const facePluginFeature: Model = {
  id: 'faceplugin-fr-feature',
  title: 'Faceplugin fr_feature',
  summary: 'Turns an aligned 112×112 face into 512 numbers; a small network by Faceplugin',
  task: 'face-embedding',
  format: 'onnx',
  files: [
    {
      name: 'fr_feature.onnx',
      bytes: 4_884_269,
      sha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
    },
  ],
  sources: [facePlugin('fr_feature.onnx')],
  licence: FACE_PLUGIN_LICENCE,
  inputs: [{ name: 'input', shape: [1, 3, 112, 112], type: 'float32' }],
  outputs: [{ name: 'output', shape: [1, 512], type: 'float32' }],
  preprocess: {
    width: 112,
    height: 112,
    fit: 'stretch',
    order: 'rgb',
    layout: 'nchw',
    mean: [127, 127, 127],
    std: [128, 128, 128],
  },
  batch: 1,
  quality: [
    {
      measure: 'AUC on 2,000 labelled pairs (ORL, face-api.js), faces aligned by landmarks',
      value: 1,
      source: 'measured by this project, npm run bench faces; balanced accuracy 0.9995',
    },
    {
      measure: 'AUC on the same pairs, crops scaled as they are',
      value: 0.983,
      source: 'measured by this project, npm run bench faces; balanced accuracy 0.939',
    },
  ],
  golden: {
    feeds: [{ name: 'input', dims: [1, 3, 112, 112], low: -1, high: 1 }],
    outputs: [
      {
        name: 'output',
        dims: [1, 512],
        at: [
          [32, -0.04143554],
          [96, -0.1119028],
          [160, -0.004341786],
          [224, -0.1014435],
          [288, 0.09425401],
          [352, -0.1506561],
          [416, 0.00123352],
          [480, -0.01865591],
        ],
        tolerance: 0.002,
      },
    ],
  },
  default: true,
  memory: 6_000_000,
}

export const facePluginPose: Model = {
  id: 'faceplugin-fr-pose',
  title: 'Faceplugin fr_pose',
  summary: 'Estimates yaw, pitch and roll of a head, each as 66 bins of 3°; a small network by Faceplugin',
  task: 'face-pose',
  format: 'onnx',
  files: [
    {
      name: 'fr_pose.onnx',
      bytes: 5_811_723,
      sha256: '72d032ec941b7153bf8d3f2c03a4c165453cc7e63d479041ec7c6ef087e5839d',
    },
  ],
  sources: [facePlugin('fr_pose.onnx')],
  licence: FACE_PLUGIN_LICENCE,
  inputs: [{ name: 'input', shape: [1, 3, 224, 224], type: 'float32' }],
  outputs: [
    { name: 'output', shape: [1, 66], type: 'float32' },
    { name: '617', shape: [1, 66], type: 'float32' },
    { name: '618', shape: [1, 66], type: 'float32' },
  ],
  preprocess: {
    width: 224,
    height: 224,
    fit: 'stretch',
    order: 'rgb',
    layout: 'nchw',
    mean: [123.675, 116.28, 103.53],
    std: [58.395, 57.12, 57.375],
  },
  batch: 1,
  quality: [],
  golden: {
    feeds: [{ name: 'input', dims: [1, 3, 224, 224], low: -2, high: 2 }],
    outputs: [
      {
        name: 'output',
        dims: [1, 66],
        at: [
          [4, -3.662915],
          [12, 4.19015],
          [20, 1.15945],
          [28, 1.485558],
          [37, 1.738708],
          [45, 2.842909],
          [53, 3.591514],
          [61, -4.771679],
        ],
        tolerance: 0.02,
      },
      {
        name: '617',
        dims: [1, 66],
        at: [
          [4, -2.153535],
          [12, 0.6850938],
          [20, 13.68364],
          [28, -7.525392],
          [37, 7.373552],
          [45, -3.10102],
          [53, -0.004979707],
          [61, -2.37082],
        ],
        tolerance: 0.02,
      },
      {
        name: '618',
        dims: [1, 66],
        at: [
          [4, -2.426286],
          [12, 1.049598],
          [20, -2.084342],
          [28, 3.670859],
          [37, 0.9517192],
          [45, -3.99993],
          [53, 0.6929175],
          [61, -2.140903],
        ],
        tolerance: 0.02,
      },
    ],
  },
  default: true,
  memory: 6_000_000,
}
