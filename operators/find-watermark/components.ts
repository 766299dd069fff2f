import type { Size } from '../../core/raster'

/** Pixels that hang together, as indices into the plane. */
export type Component = Int32Array<ArrayBuffer>

/**
 * What hangs together over edges and corners (8-connected), in reading order of the first pixel of each.
 *
 * @param plane height × width, anything but 0 counts; only read
 * @param least components of fewer pixels are left out
 */
export function components(plane: Uint8Array, { width, height }: Size, least = 1): Component[] {
  const found: Component[] = []
  const seen = new Uint8Array(plane.length)
  const stack = new Int32Array(plane.length)
  for (let start = 0; start < plane.length; start++) {
    if (plane[start] === 0 || seen[start]) continue
    const count = flood(plane, seen, stack, start, width, height)
    if (count >= least) found.push(stack.slice(0, count))
  }
  return found
}

/** Fills `stack` with the component of `start`: those that are visited stay in it. @returns how many they are */
function flood(
  plane: Uint8Array,
  seen: Uint8Array,
  stack: Int32Array,
  start: number,
  width: number,
  height: number,
): number {
  let count = 1
  stack[0] = start
  seen[start] = 1
  for (let next = 0; next < count; next++) {
    const x = stack[next] % width
    const y = (stack[next] - x) / width
    for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row++) {
      for (let at = row * width + Math.max(x - 1, 0); at <= row * width + Math.min(x + 1, width - 1); at++) {
        if (plane[at] === 0 || seen[at]) continue
        seen[at] = 1
        stack[count++] = at
      }
    }
  }
  return count
}
