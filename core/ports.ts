import type { OpenCv } from './opencv'
import type { Raster, Size } from './raster'

/** Formats every codec can write. */
export type EncodedType = 'image/png' | 'image/jpeg' | 'image/webp'

/**
 * Turns files into pixels and back; `workers/` and `server/` each supply one.
 * Both apply EXIF orientation and, unless told otherwise, convert to sRGB.
 */
export interface Codec {
  /**
   * @param bytes a whole PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF file; of an animation, the first frame
   * @param limits checked against the header, before any pixel is decoded
   * @param colours `stored` leaves the numbers as the file has them, for who keeps its profile with them
   * @throws ToolError unreadable when it is not such a file or is cut short; too-large when it is over a limit
   */
  decode(bytes: Uint8Array<ArrayBuffer>, limits: PixelLimits, colours?: 'srgb' | 'stored'): Promise<Raster>
  /** @param quality 1..100, ignored for PNG */
  encode(raster: Raster, type: EncodedType, quality?: number): Promise<Uint8Array<ArrayBuffer>>
  /** Scales down to fit `box`, keeping proportions; never scales up. */
  shrink(raster: Raster, box: Size): Promise<Raster>
}

export interface PixelLimits {
  /** Most pixels, width × height. */
  readonly pixels: number
  /** Longest side, in pixels. */
  readonly side: number
}

export interface Tensor {
  readonly dims: readonly number[]
  /** Row-major; its class is the element type. */
  readonly data:
    | Float32Array<ArrayBuffer>
    | Uint8Array<ArrayBuffer>
    | Int32Array<ArrayBuffer>
    | BigInt64Array<ArrayBuffer>
}

/** Runs models of the manifest by id. */
export interface ModelRunner {
  /**
   * @param feeds by input name; their buffers may be given away
   * @returns every output by name
   * @throws ToolError model-unavailable when the model is unknown, not installed, not licensed, or no backend here computes
   *   the right numbers
   */
  run(model: string, feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>
  /** Whether a run would find it here: unknown, licensed away and not installed models are not. */
  has(model: string): Promise<boolean>
  /** What computes a model after its first run, for people: `WebGPU`, `WASM threads`, `CPU`; with why, after a fall-back. */
  backend(model: string): { readonly name: string; readonly note?: string } | undefined
  /** Milliseconds spent on loading models so far. */
  loadMs(): number
}

/** Loads OpenCV, three megabytes, when a tool first asks for it; throws ToolError unavailable where it cannot be had. */
export type LoadOpenCv = () => Promise<OpenCv>

/**
 * A file that comes with the install: `cover.png`. An install may put another one in its place.
 *
 * @throws ToolError unavailable when it cannot be read
 */
export type LoadAsset = (name: 'cover.png') => Promise<Uint8Array<ArrayBuffer>>

/** Proof that whoever has the key vouches for some bytes. */
export interface Signature {
  readonly algorithm: 'HMAC-SHA256' | 'Ed25519'
  /** Which key: the first 16 hex digits of the SHA-256 of the public key, or of the secret. */
  readonly key_id: string
  /** Base64. */
  readonly value: string
}

export type Sign = (bytes: Uint8Array<ArrayBuffer>) => Promise<Signature>
