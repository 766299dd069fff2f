import type { Licence, Model } from '../model'

/** Larger face embeddings, fetched from their publishers when a user chooses them. */

const INSIGHT_FACE_LICENCE: Licence = {
  weights: 'InsightFace model licence',
  code: 'MIT',
  commercial: 'no',
  note: 'The weights are for non-commercial research only; for commercial use ask InsightFace for a licence.',
  url: 'https://github.com/deepinsight/insightface/tree/master/model_zoo',
}

const ALIGNED_FACE: NonNullable<Model['preprocess']> = {
  width: 112,
  height: 112,
  fit: 'stretch',
  order: 'rgb',
  layout: 'nchw',
  mean: [127.5, 127.5, 127.5],
  std: [127.5, 127.5, 127.5],
}

export const arcFaceGlint360k: Model = {
  id: 'antelopev2-glint360k',
  title: 'ArcFace R100 Glint360K (antelopev2)',
  summary: 'Turns an aligned 112×112 face into 512 numbers; the reference model, by InsightFace',
  task: 'face-embedding',
  format: 'onnx',
  files: [
    {
      name: 'glintr100.onnx',
      bytes: 260_665_334,
      sha256: '4ab1d6435d639628a6f3e5008dd4f929edf4c4124b1a7169e1048f9fef534cdf',
    },
  ],
  sources: [
    {
      kind: 'url',
      urls: ['https://github.com/deepinsight/insightface/releases/download/v0.7/antelopev2.zip'],
      archive: {
        bytes: 360_662_982,
        sha256: '8e182f14fc6e80b3bfa375b33eb6cff7ee05d8ef7633e738d1c89021dcf0c5c5',
        paths: ['antelopev2/glintr100.onnx'],
      },
    },
    { kind: 'url', urls: ['https://huggingface.co/DIAMONIK7777/antelopev2/resolve/main/glintr100.onnx'] },
  ],
  licence: INSIGHT_FACE_LICENCE,
  inputs: [{ name: 'input.1', shape: ['N', 3, 112, 112], type: 'float32' }],
  outputs: [{ name: '1333', shape: ['N', 512], type: 'float32' }],
  preprocess: ALIGNED_FACE,
  batch: 32,
  quality: [],
  default: false,
  memory: 300_000_000,
}

export const auraFace: Model = {
  ...arcFaceGlint360k,
  id: 'auraface-v1',
  title: 'AuraFace v1',
  summary: 'Turns an aligned 112×112 face into 512 numbers; trained for commercial use, by fal',
  files: [
    {
      name: 'glintr100.onnx',
      bytes: 260_694_151,
      sha256: 'a7933ea5330113b01c9b60351d8f4c33003f145d8470ac5f0e52ee2effe25c60',
    },
  ],
  sources: [
    {
      kind: 'url',
      urls: ['https://huggingface.co/fal/AuraFace-v1/resolve/af6d057c9b0ec4071d4c49c80e3539258798b609/glintr100.onnx'],
    },
  ],
  licence: {
    weights: 'Apache-2.0',
    code: 'Apache-2.0',
    commercial: 'yes',
    url: 'https://huggingface.co/fal/AuraFace-v1',
  },
  inputs: [{ name: 'data', shape: ['N', 3, 112, 112], type: 'float32' }],
}

export const sFace: Model = {
  id: 'sface-2021dec',
  title: 'SFace',
  summary: 'Turns an aligned 112×112 face into 128 numbers; by OpenCV Zoo',
  task: 'face-embedding',
  format: 'onnx',
  files: [
    {
      name: 'face_recognition_sface_2021dec.onnx',
      bytes: 38_696_353,
      sha256: '0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79',
    },
  ],
  sources: [
    {
      kind: 'url',
      urls: [
        'https://media.githubusercontent.com/media/opencv/opencv_zoo/main/models/face_recognition_sface/face_recognition_sface_2021dec.onnx',
      ],
    },
    {
      kind: 'url',
      urls: ['https://huggingface.co/opencv/face_recognition_sface/resolve/main/face_recognition_sface_2021dec.onnx'],
    },
  ],
  licence: {
    weights: 'Apache-2.0',
    code: 'Apache-2.0',
    commercial: 'yes',
    url: 'https://github.com/opencv/opencv_zoo/tree/main/models/face_recognition_sface',
  },
  inputs: [{ name: 'data', shape: [1, 3, 112, 112], type: 'float32' }],
  outputs: [{ name: 'fc1', shape: [1, 128], type: 'float32' }],
  preprocess: { ...ALIGNED_FACE, mean: [0, 0, 0], std: [1, 1, 1] },
  batch: 1,
  quality: [{ measure: 'accuracy on the pairs of LFW', value: 0.994, source: 'its publisher, OpenCV Zoo' }],
  default: false,
  memory: 60_000_000,
}
