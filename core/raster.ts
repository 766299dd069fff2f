/** 8-bit RGBA, interleaved, row-major, straight alpha, sRGB: `data.length === width * height * 4`. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray<ArrayBuffer>
}

export interface Size {
  readonly width: number
  readonly height: number
}
