/**
 * Lays a row of a cover over a row of a picture, both RGBA bytes. The cover lies on a colour of its own, so that what is
 * transparent in it shows nothing of the picture.
 *
 * @param picture changed in place
 * @param cover 0 for the colour alone
 * @param color RGBA bytes as one word
 * @param shares f32: how much of each pixel is covered, 0..1
 */
export function blendRow(picture: usize, cover: usize, color: u32, shares: usize, count: i32): void {
  const ground = unpack(color)
  for (let x = 0; x < count; x++) {
    const share = load<f32>(shares + (<usize>x << 2))
    if (share == 0) continue
    const at = picture + (<usize>x << 2)
    const under = unpack(load<u32>(at))
    const over = cover == 0 ? ground : onGround(unpack(load<u32>(cover + (<usize>x << 2))), ground)
    store<u32>(at, pack(f32x4.add(under, f32x4.mul(f32x4.sub(over, under), f32x4.splat(share)))))
  }
}

// @ts-ignore: decorator
@inline
function onGround(over: v128, ground: v128): v128 {
  const alpha = f32x4.splat(f32x4.extract_lane(over, 3) / 255)
  const mixed = f32x4.add(ground, f32x4.mul(f32x4.sub(over, ground), alpha))
  return f32x4.replace_lane(mixed, 3, 255)
}

// @ts-ignore: decorator
@inline
function unpack(pixel: u32): v128 {
  const bytes = i32x4.splat(<i32>pixel)
  return f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)))
}

// @ts-ignore: decorator
@inline
function pack(values: v128): u32 {
  const whole = i32x4.trunc_sat_f32x4_u(f32x4.add(values, f32x4.splat(0.5)))
  const words = i16x8.narrow_i32x4_u(whole, whole)
  return <u32>i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0)
}
