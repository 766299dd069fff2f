/** A place in a picture that can be found again in another picture of the same thing. */
export interface KeyPoint {
  /** Pixels; the centre of the first pixel is 0, 0. */
  readonly x: number
  readonly y: number
  /** Diameter of the neighbourhood that matters, in pixels. */
  readonly size: number
  /** Degrees, 0..360, clockwise as y points down. */
  readonly angle: number
  /** How clear it is; comparable within one detector only. */
  readonly response: number
}

/** 128 whole numbers 0..255 for each key point, compared by Euclidean distance. */
export interface VectorDescriptors {
  readonly kind: 'vectors'
  readonly data: Int16Array<ArrayBuffer>
}

/** `bytes` bytes for each key point, a multiple of 16, compared by Hamming distance. */
export interface BitDescriptors {
  readonly kind: 'bits'
  readonly bytes: number
  readonly data: Uint8Array<ArrayBuffer>
}

/** Key points with a descriptor each, in the same order. */
export interface Features {
  readonly keyPoints: readonly KeyPoint[]
  readonly descriptors: VectorDescriptors | BitDescriptors
}

export const VECTOR_LENGTH = 128
