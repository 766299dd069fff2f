/** RGBA bytes to brightness (BT.601, whole gray levels as OpenCV rounds them) less 128, as i16 in 1/128 of a level. */
export function luma(rgba: usize, out: usize, pixels: i32): void {
  for (let i = 0; i < pixels; i++) {
    const at = rgba + (<usize>i << 2)
    const sum = <i32>load<u8>(at) * 4899 + <i32>load<u8>(at, 1) * 9617 + <i32>load<u8>(at, 2) * 1868
    store<i16>(out + (<usize>i << 1), <i16>((((sum + 8192) >> 14) - 128) << 7))
  }
}

// a + 3b of two neighbours, over 4, without leaving 16 bits
// @ts-ignore: decorator
@inline
function blend(near: i32, far: i32): i32 {
  return near + ((far - near + 2) >> 2)
}

/**
 * One row of a picture enlarged twice with bilinear weights: output pixel x lies at (x - 0.5) / 2 of the input.
 *
 * @param near the input row at 3/4 of the weight
 * @param far the input row at 1/4
 */
export function doubleRow(near: usize, far: usize, out: usize, width: i32): void {
  let left = blend(load<i16>(near), load<i16>(far))
  let here = left
  for (let x = 0; x < width; x++) {
    const next = <usize>min(x + 1, width - 1) << 1
    const right = blend(load<i16>(near + next), load<i16>(far + next))
    store<i16>(out + (<usize>x << 2), <i16>blend(here, left))
    store<i16>(out + (<usize>x << 2), <i16>blend(here, right), 2)
    left = here
    here = right
  }
}

/** Every second pixel of a row. */
export function halveRow(row: usize, out: usize, width: i32): void {
  for (let x = 0; x < width; x++) store<i16>(out + (<usize>x << 1), load<i16>(row + (<usize>x << 2)))
}

/** One row of a picture reduced by a whole factor: the mean of factor × factor pixels. @param rows `factor` rows */
export function shrinkRow(rows: usize, rowPixels: i32, factor: i32, out: usize, width: i32): void {
  const area = factor * factor
  for (let x = 0; x < width; x++) {
    let sum = area >> 1
    for (let v = 0; v < factor; v++) {
      const from = rows + (<usize>(v * rowPixels + x * factor) << 1)
      for (let u = 0; u < factor; u++) sum += load<i16>(from + (<usize>u << 1))
    }
    store<i16>(out + (<usize>x << 1), <i16>(sum / area))
  }
}
