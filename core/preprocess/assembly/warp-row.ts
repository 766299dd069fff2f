// One output row of a picture seen through a homography.

/** What is warped. The driver writes it in this order: nine doubles, then `WARP_FIELDS` as 32-bit words. */
@unmanaged export class Warp {
  // Output pixel (x, y) shows the source at ((xx·x + xy·y + x1) / z, (yx·x + yy·y + y1) / z), z = zx·x + zy·y + z1.
  xx!: f64
  xy!: f64
  x1!: f64
  yx!: f64
  yy!: f64
  y1!: f64
  zx!: f64
  zy!: f64
  z1!: f64
  rgba!: usize // the source; eight bytes are readable after its last pixel
  width!: i32
  height!: i32
  count!: i32 // of output pixels
}

/** Fills row `y` at `to` with 8-bit RGBA, straight alpha; what lies outside of the source is transparent black. */
export function warpRow(o: Warp, y: f64, to: usize): void {
  const atX = o.xy * y + o.x1
  const atY = o.yy * y + o.y1
  const atZ = o.zy * y + o.z1
  const lastX = o.width - 1
  const lastY = o.height - 1
  const stride = <usize>o.width << 2
  for (let x: i32 = 0; x < o.count; x++, to += 4) {
    const z = 1 / (o.zx * x + atZ)
    const u = (o.xx * x + atX) * z
    const v = (o.yx * x + atY) * z
    const left = Math.floor(u)
    const top = Math.floor(v)
    if (!(z > 0 && left >= -1 && top >= -1 && left <= lastX && top <= lastY)) {
      store<u32>(to, 0) // behind the viewer, or outside; also where z is 0
      continue
    }
    const column = <i32>left
    const line = <i32>top
    const at = o.rgba + <usize>line * stride + (<usize>column << 2)
    const isInside = column >= 0 && line >= 0 && column < lastX && line < lastY
    const upper = isInside ? v128.load64_zero(at) : pairAt(o, at, column, line)
    const lower = isInside ? v128.load64_zero(at + stride) : pairAt(o, at + stride, column, line + 1)
    store<u32>(to, blend(upper, lower, <f32>(u - left), <f32>(v - top)))
  }
}

/** Two pixels side by side, of which some are outside. */
function pairAt(o: Warp, at: usize, x: i32, y: i32): v128 {
  if (y < 0 || y >= o.height) return i32x4.splat(0)
  const left = x < 0 ? 0 : load<i32>(at)
  const right = x + 1 >= o.width ? 0 : load<i32>(at, 4)
  return i32x4(left, right, 0, 0)
}

// The alphas of two pixels side by side.
const OPAQUE: i64 = 0xff000000ff000000

@inline function blend(upper: v128, lower: v128, x: f32, y: f32): u32 {
  const above = i16x8.extend_low_i8x16_u(upper)
  const below = i16x8.extend_low_i8x16_u(lower)
  const a = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(above))
  const b = f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(above))
  const c = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(below))
  const d = f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(below))
  const alphas = i64x2.extract_lane(v128.and(upper, lower), 0) & OPAQUE
  if (alphas != OPAQUE) return blendByAlpha(a, b, c, d, x, y)
  const right = f32x4.splat(x)
  const top = f32x4.add(a, f32x4.mul(f32x4.sub(b, a), right))
  const bottom = f32x4.add(c, f32x4.mul(f32x4.sub(d, c), right))
  return toPixel(f32x4.add(top, f32x4.mul(f32x4.sub(bottom, top), f32x4.splat(y))))
}

/** Colours count by their alpha: transparent pixels do not darken or tint their neighbours. */
function blendByAlpha(a: v128, b: v128, c: v128, d: v128, x: f32, y: f32): u32 {
  const one: f32 = 1
  const wa = (one - x) * (one - y) * f32x4.extract_lane(a, 3)
  const wb = x * (one - y) * f32x4.extract_lane(b, 3)
  const wc = (one - x) * y * f32x4.extract_lane(c, 3)
  const wd = x * y * f32x4.extract_lane(d, 3)
  const alpha = wa + wb + wc + wd
  if (alpha < 0.5) return 0
  const first = f32x4.add(f32x4.mul(a, f32x4.splat(wa)), f32x4.mul(b, f32x4.splat(wb)))
  const second = f32x4.add(f32x4.mul(c, f32x4.splat(wc)), f32x4.mul(d, f32x4.splat(wd)))
  const color = f32x4.mul(f32x4.add(first, second), f32x4.splat(one / alpha))
  return toPixel(f32x4.replace_lane(color, 3, alpha))
}

@inline function toPixel(channels: v128): u32 {
  const rounded = i32x4.trunc_sat_f32x4_s(f32x4.nearest(channels))
  const words = i16x8.narrow_i32x4_s(rounded, rounded)
  return i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0)
}
