// Central differences on an i16 plane, four pixels at a time.

/** d/dx of the four pixels from `at`. */
// @ts-ignore: decorator
@inline
export function slopeX(at: usize): v128 {
  return f32x4.convert_i32x4_s(i32x4.sub(v128.load_ext<i16>(at + 2), v128.load_ext<i16>(at - 2)))
}

/** d/dy, y pointing up. */
// @ts-ignore: decorator
@inline
export function slopeY(at: usize, bytes: usize): v128 {
  return f32x4.convert_i32x4_s(i32x4.sub(v128.load_ext<i16>(at - bytes), v128.load_ext<i16>(at + bytes)))
}

/** Angle of (x, y) in turns, 0..1; good to 3e-7 turns (minimax polynomial of atan on 0..1). */
// @ts-ignore: decorator
@inline
export function turns(x: v128, y: v128): v128 {
  const ax = f32x4.abs(x)
  const ay = f32x4.abs(y)
  const tiny = f32x4.splat(1e-20)
  const a = f32x4.div(f32x4.min(ax, ay), f32x4.add(f32x4.max(ax, ay), tiny))
  const s = f32x4.mul(a, a)
  let r = f32x4.add(f32x4.mul(s, f32x4.splat(-0.00186515)), f32x4.splat(0.00837906))
  r = f32x4.add(f32x4.mul(s, r), f32x4.splat(-0.01852984))
  r = f32x4.add(f32x4.mul(s, r), f32x4.splat(0.03080291))
  r = f32x4.add(f32x4.mul(s, r), f32x4.splat(-0.05293857))
  r = f32x4.add(f32x4.mul(s, r), f32x4.splat(0.15915132))
  r = f32x4.mul(r, a)
  r = v128.bitselect(f32x4.sub(f32x4.splat(0.25), r), r, f32x4.gt(ay, ax))
  r = v128.bitselect(f32x4.sub(f32x4.splat(0.5), r), r, f32x4.lt(x, f32x4.splat(0)))
  return v128.bitselect(f32x4.sub(f32x4.splat(1), r), r, f32x4.lt(y, f32x4.splat(0)))
}
