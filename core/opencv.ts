/**
 * The part of OpenCV that tools use, as OpenCV.js names it. Everything made with `new` or given out by a call lives in
 * OpenCV's own memory and must be deleted. Errors are thrown as numbers: `exceptionFromPtr` has the words.
 */
export interface OpenCv {
  readonly CV_8UC1: number
  readonly Mat: {
    new (): Mat
    new (rows: number, columns: number, type: number): Mat
  }
  readonly KeyPointVector: new () => KeyPointVector
  readonly ORB: new (keyPoints: number) => Feature2D
  readonly AKAZE: new () => Feature2D
  readonly BRISK: new () => Feature2D
  exceptionFromPtr(pointer: number): { readonly msg: string }
}

export interface Deletable {
  delete(): void
}

export interface Mat extends Deletable {
  readonly rows: number
  readonly cols: number
  /** A view of OpenCV's memory, void after the next call. */
  readonly data: Uint8Array
}

export interface KeyPointVector extends Deletable {
  size(): number
  get(index: number): {
    readonly pt: { readonly x: number; readonly y: number }
    readonly size: number
    /** Degrees, clockwise; -1 where there is none. */
    readonly angle: number
    readonly response: number
  }
}

export interface Feature2D extends Deletable {
  /** @param mask an empty Mat searches everywhere */
  detectAndCompute(image: Mat, mask: Mat, keyPoints: KeyPointVector, descriptors: Mat): void
}
