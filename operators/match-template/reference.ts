import type { Planes } from './planes'
import type { Method } from './spec'

/**
 * Template matching by the textbook, in 64-bit floats: slow, plain, and what the fast kernel is tested against.
 *
 * Windows with nothing to compare (a flat one for CCOEFF_NORMED, a black one for the other two) give 0 in CCOEFF_NORMED
 * and CCORR_NORMED and 1 in SQDIFF_NORMED, as in OpenCV.
 *
 * @param image one or more channels; their sums are added up, as OpenCV does
 * @param template as many channels, and no larger than the image
 * @returns (image.height - template.height + 1) × (image.width - template.width + 1), row-major, OpenCV's values
 * @see https://docs.opencv.org/4.x/df/dfb/group__imgproc__object.html#ga3a7850640f1fe1f58fe91a2d7583695d
 */
export function referenceMap(image: Planes, template: Planes, method: Method): Float64Array {
  const width = image.width - template.width + 1
  const map = new Float64Array(width * (image.height - template.height + 1))
  for (let i = 0; i < map.length; i++)
    map[i] = referenceValue(image, template, method, i % width, Math.floor(i / width))
  return map
}

/** The map's value for the window whose top left corner is (x, y). */
function referenceValue(image: Planes, template: Planes, method: Method, x: number, y: number): number {
  const area = template.width * template.height
  let [cross, patch, pattern] = [0, 0, 0] // Σ T·I, Σ I², Σ T² over all channels, each about the channel's mean for CCOEFF
  for (let c = 0; c < image.channels.length; c++) {
    const s = channelSums(image, template, c, x, y)
    const centered = method.startsWith('TM_CCOEFF') ? 1 / area : 0
    cross += s.ti - s.t * s.i * centered
    patch += s.ii - s.i * s.i * centered
    pattern += s.tt - s.t * s.t * centered
  }
  const difference = pattern - 2 * cross + patch
  if (method === 'TM_SQDIFF') return difference
  if (!method.endsWith('_NORMED')) return cross
  const nothing = patch < NOTHING || pattern < NOTHING
  if (method === 'TM_SQDIFF_NORMED') return nothing ? 1 : Math.min(1, difference / Math.sqrt(patch * pattern))
  return nothing ? 0 : Math.min(1, cross / Math.sqrt(patch * pattern))
}

// The sums are whole numbers, so anything that is not nothing is at least 1 - 1/area; less is rounding.
const NOTHING = 1e-3

function channelSums(image: Planes, template: Planes, channel: number, x: number, y: number) {
  const sums = { t: 0, i: 0, tt: 0, ii: 0, ti: 0 }
  for (let row = 0; row < template.height; row++) {
    const from = (y + row) * image.width + x
    for (let column = 0; column < template.width; column++) {
      const t = template.channels[channel][row * template.width + column]
      const i = image.channels[channel][from + column]
      sums.t += t
      sums.i += i
      sums.tt += t * t
      sums.ii += i * i
      sums.ti += t * i
    }
  }
  return sums
}
