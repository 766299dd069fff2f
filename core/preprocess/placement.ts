import type { Preprocess } from '../../models/model'
import type { Size } from '../raster'

/** Where a picture lies in a model's input. */
export interface Placement {
  /** Of the input, pixels. */
  readonly input: Size
  /** Of the picture in it. */
  readonly picture: Size
  readonly left: number
  readonly top: number
}

/**
 * @param target the input's size; for `dynamic` the box that the picture is scaled down to fit, the input being the least
 *   multiples of `stride` that hold it
 */
export function placement(source: Size, preprocess: Preprocess, target: Size = preprocess): Placement {
  if (preprocess.fit === 'stretch') return { input: size(target), picture: size(target), left: 0, top: 0 }
  const most = preprocess.fit === 'dynamic' ? 1 : Number.POSITIVE_INFINITY
  const scale = Math.min(target.width / source.width, target.height / source.height, most)
  const picture = {
    width: scaled(source.width, scale, target.width),
    height: scaled(source.height, scale, target.height),
  }
  const input = preprocess.fit === 'dynamic' ? toStride(picture, preprocess.stride ?? 1) : size(target)
  const isCentered = preprocess.fit === 'letterbox' && preprocess.anchor !== 'top-left'
  return {
    input,
    picture,
    left: isCentered ? Math.floor((input.width - picture.width) / 2) : 0,
    top: isCentered ? Math.floor((input.height - picture.height) / 2) : 0,
  }
}

const size = ({ width, height }: Size): Size => ({ width, height })

const scaled = (length: number, scale: number, most: number) => Math.min(Math.max(Math.round(length * scale), 1), most)

const toStride = ({ width, height }: Size, stride: number): Size => ({
  width: Math.ceil(width / stride) * stride,
  height: Math.ceil(height / stride) * stride,
})
