import type { Size } from '../../core/raster'
import { clamp } from './clamp'
import { CHANNELS, type Plane, type Planes, smoothedBy } from './planes'

const LEAST_OPACITY = 0.03 // below it there is nothing to see, and nothing to undo
const SAME_OPACITY = 0.12 // what is within this of the mark's opacity is taken for it: most marks have one
const IS_CORE = 0.8 // of the strongest difference: letters without their soft edges

interface Mark {
  /** 1 on the mark. */
  readonly shape: Uint8Array
  /** Not 0 on the mark and around it, where the scenes are guesses. */
  readonly hole: Uint8Array
}

/**
 * Opacity and colour of a mark from pictures with it, and guesses at the same pictures without it. One opacity for the
 * mark's core is fitted over all pictures; with it each pixel's colour; with that each pixel's own opacity. All by least
 * squares.
 *
 * @returns undefined where no opacity explains the pictures
 */
export function matteOf(
  pictures: readonly Planes[],
  scenes: readonly Planes[],
  { shape, hole }: Mark,
  size: Size,
): { alpha: Plane; color: Planes } | undefined {
  const core = coreOf(pictures, scenes, shape)
  const opacity = Math.max(opacityOf(pictures, scenes, core), leastOpacity(pictures, scenes, core))
  if (opacity < LEAST_OPACITY) return undefined
  const counts = Float32Array.from(core, Number)
  const color = CHANNELS.map((c) => {
    const own = meanOf(pictures.map((planes) => planes[c]))
    const scene = meanOf(scenes.map((planes) => planes[c]))
    const plane = own.map((value, i) => clamp((value - (1 - opacity) * scene[i]) / opacity, 0, 255))
    return spreadFrom(plane, counts, size)
  }) as unknown as Planes
  return { alpha: alphaOf(pictures, scenes, color, hole, opacity), color }
}

function coreOf(pictures: readonly Planes[], scenes: readonly Planes[], shape: Uint8Array): Uint8Array {
  const apart = new Float32Array(shape.length)
  for (const c of CHANNELS) {
    const [own, scene] = [pictures, scenes].map((all) => meanOf(all.map((planes) => planes[c])))
    for (let i = 0; i < apart.length; i++) if (shape[i]) apart[i] += Math.abs(own[i] - scene[i])
  }
  const strong = apart.filter((_, i) => shape[i] === 1).toSorted()
  const least = strong[Math.floor(strong.length * 0.9)] * IS_CORE
  return Uint8Array.from(apart, (value) => Number(value > 0 && value >= least))
}

/** How much less the pictures differ from each other on the mark's core than their scenes do. */
function opacityOf(pictures: readonly Planes[], scenes: readonly Planes[], core: Uint8Array): number {
  let [both, own] = [0, 0]
  for (const c of CHANNELS) {
    const [meanPicture, meanScene] = [pictures, scenes].map((all) => meanOf(all.map((planes) => planes[c])))
    for (let i = 0; i < core.length; i++) {
      if (!core[i]) continue
      for (let k = 0; k < pictures.length; k++) {
        const scene = scenes[k][c][i] - meanScene[i]
        both += scene * (pictures[k][c][i] - meanPicture[i])
        own += scene * scene
      }
    }
  }
  return own > 0 ? clamp(1 - both / own, 0, 1) : 0
}

/** A less opaque mark would have to be brighter than white or darker than black. */
function leastOpacity(pictures: readonly Planes[], scenes: readonly Planes[], core: Uint8Array): number {
  const least = new Float32Array(core.length)
  for (const c of CHANNELS) {
    const [own, scene] = [pictures, scenes].map((all) => meanOf(all.map((planes) => planes[c])))
    for (let i = 0; i < core.length; i++) {
      const [by, room] = own[i] > scene[i] ? [own[i] - scene[i], 255 - scene[i]] : [scene[i] - own[i], scene[i]]
      least[i] = Math.max(least[i], room > 8 ? by / room : 0)
    }
  }
  const sorted = least.filter((_, i) => core[i] === 1).toSorted()
  return clamp(sorted[Math.floor(sorted.length / 2)] ?? 0, 0, 1)
}

/** The colour of the core, and beside it that of the nearest core. */
function spreadFrom(plane: Plane, counts: Plane, size: Size): Plane {
  let out = smoothedBy(plane, counts, size, 1)
  let known = counts
  for (const radius of [2, 4, 8, 16, 32]) {
    const next = smoothedBy(out, known, size, radius)
    const reach = smoothedBy(known, new Float32Array(known.length).fill(1), size, radius)
    out = out.map((value, i) => (known[i] ? value : next[i]))
    known = known.map((value, i) => (value || reach[i] > 1e-3 ? 1 : 0))
  }
  return out
}

function alphaOf(
  pictures: readonly Planes[],
  scenes: readonly Planes[],
  color: Planes,
  hole: Uint8Array,
  opacity: number,
): Plane {
  return color[0].map((_, i) => {
    if (!hole[i]) return 0
    let [both, own] = [0, 1]
    for (const c of CHANNELS) {
      for (let k = 0; k < pictures.length; k++) {
        const room = color[c][i] - scenes[k][c][i]
        both += room * (pictures[k][c][i] - scenes[k][c][i])
        own += room * room
      }
    }
    const alpha = clamp(both / own, 0, 1)
    if (alpha < LEAST_OPACITY) return 0
    return Math.abs(alpha - opacity) < SAME_OPACITY ? opacity : alpha
  })
}

function meanOf(planes: readonly Plane[]): Plane {
  const mean = new Float32Array(planes[0].length)
  for (const plane of planes) for (let i = 0; i < mean.length; i++) mean[i] += plane[i] / planes.length
  return mean
}
