// One overlap-save tile: two patches of the image, A as real parts and B as imaginary parts, correlated with the template
// in one complex transform. The template is real, so the two never mix.
//
// Between rows and columns a tile lies in groups of four columns, one for each lane: group g holds, for each row, one point
// (see fft.ts) whose lanes are columns 4g to 4g + 3. In 64-bit floats there are two lanes, so it is two columns and rows
// wherever four are spoken of.

import { forward, im, inverse, POINT, put, re, step4, stepBack4 } from './fft'

/** One run's tiles; the driver writes it as 32-bit words in this order (`TILE_FIELDS`). Pointers and bytes, unless said. */
@unmanaged export class Tile {
  precise!: i32 // 1: in 64-bit floats
  rowLength!: i32 // points
  rowRadix!: i32
  rowTwiddles!: usize
  rowTwiddlesEnd!: usize
  columnLength!: i32 // points
  columnRadix!: i32
  columnTwiddles!: usize
  columnTwiddlesEnd!: usize
  scratch!: usize // rowLength + 16 points
  columns!: usize // the tile, channel by channel
  spectrum!: usize // of the template, laid out like the tile
  groupBytes!: usize
  channelBytes!: usize
  channels!: i32 // 1 or 3
  blank!: usize // a row of zeros
  power!: usize // a 64-bit float that grows by Σ |value|² of the whole tile, times 1 / (rowLength·columnLength)
  offsets!: usize // subtracted from pixels: three floats for the image, three for the template
  plane!: usize // first channel of the image
  planeBytes!: usize
  stride!: usize // from one row of the image to the next
  templatePlane!: usize
  templatePlaneBytes!: usize
  templateWidth!: i32 // pixels
  templateHeight!: i32 // pixels
  // The following change from tile to tile.
  left!: i32 // column of the image
  count!: i32 // columns of the image in the tile
  rowsIn!: i32 // rows of the image in the tile
  topA!: i32 // row of the image
  topB!: i32
  bottom!: i32 // rows in the image
  map!: usize
  mapStride!: usize
  countOut!: i32 // columns of the map that the tile gives
  rowsOutA!: i32 // rows of the map that it gives
  rowsOutB!: i32
}

/** Rows y to y + 3 of one channel of both patches: transformed, then turned into columns. */
export function rowsToColumns(t: Tile, channel: i32, y: i32): void {
  if (t.precise) rowsToColumnsIn<f64>(t, channel, y)
  else rowsToColumnsIn<f32>(t, channel, y)
}

function rowsToColumnsIn<T>(t: Tile, channel: i32, y: i32): void {
  const plane = t.plane + <usize>channel * t.planeBytes + t.left
  const offset = load<f32>(t.offsets + (channel << 2))
  loadRows<T>(t, plane, t.stride, t.topA + y, min(t.bottom, t.topA + t.rowsIn), offset, t.count, t.scratch)
  loadRows<T>(t, plane, t.stride, t.topB + y, min(t.bottom, t.topB + t.rowsIn), offset, t.count, t.scratch + 16)
  finishRows<T>(t, t.columns + <usize>channel * t.channelBytes + <usize>y * POINT, t.count)
}

/** Rows y to y + 3 of one channel of the template, likewise. */
export function templateRows(t: Tile, channel: i32, y: i32): void {
  if (t.precise) templateRowsIn<f64>(t, channel, y)
  else templateRowsIn<f32>(t, channel, y)
}

function templateRowsIn<T>(t: Tile, channel: i32, y: i32): void {
  const plane = t.templatePlane + <usize>channel * t.templatePlaneBytes
  const offset = load<f32>(t.offsets + 12 + (channel << 2))
  loadRows<T>(t, plane, t.templateWidth, y, t.templateHeight, offset, t.templateWidth, t.scratch)
  loadRows<T>(t, plane, 0, 0, 0, 0, t.templateWidth, t.scratch + 16)
  finishRows<T>(t, t.spectrum + <usize>channel * t.channelBytes + <usize>y * POINT, t.templateWidth)
}

function finishRows<T>(t: Tile, columns: usize, count: i32): void {
  memory.fill(t.scratch + (<usize>count << 5), 0, <usize>(t.rowLength - count) << 5)
  forward<T>(t.scratch, t.rowLength, t.rowRadix, t.rowTwiddles)
  spreadRows<T>(t.scratch, t.rowLength, columns, t.groupBytes)
}

@inline function rowAt(t: Tile, plane: usize, stride: usize, y: i32, bottom: i32): usize {
  return y < bottom ? plane + <usize>y * stride : t.blank
}

@inline function offsetOf(t: Tile, row: usize, offset: f32): f32 {
  return row == t.blank ? 0 : offset
}

/** As many rows of pixels as there are lanes, 16 bytes readable after each; rows from `bottom` on are 0. */
@inline function loadRows<T>(
  t: Tile,
  plane: usize,
  stride: usize,
  y: i32,
  bottom: i32,
  offset: f32,
  count: i32,
  to: usize,
): void {
  if (sizeof<T>() == 4) loadFourRows(t, plane, stride, y, bottom, offset, count, to)
  else loadTwoRows(t, plane, stride, y, bottom, offset, count, to)
}

function loadTwoRows(t: Tile, plane: usize, stride: usize, y: i32, bottom: i32, offset: f32, count: i32, to: usize): void {
  const r0 = rowAt(t, plane, stride, y, bottom)
  const r1 = rowAt(t, plane, stride, y + 1, bottom)
  const offset0 = <f64>offsetOf(t, r0, offset)
  const offset1 = <f64>offsetOf(t, r1, offset)
  for (let x: usize = 0; x < <usize>count; x++, to += POINT) {
    store<f64>(to, <f64>load<u8>(r0 + x) - offset0)
    store<f64>(to, <f64>load<u8>(r1 + x) - offset1, 8)
  }
}

function loadFourRows(t: Tile, plane: usize, stride: usize, y: i32, bottom: i32, offset: f32, count: i32, to: usize): void {
  const r0 = rowAt(t, plane, stride, y, bottom)
  const r1 = rowAt(t, plane, stride, y + 1, bottom)
  const r2 = rowAt(t, plane, stride, y + 2, bottom)
  const r3 = rowAt(t, plane, stride, y + 3, bottom)
  let base = f32x4.splat(offsetOf(t, r0, offset))
  base = f32x4.replace_lane(base, 1, offsetOf(t, r1, offset))
  base = f32x4.replace_lane(base, 2, offsetOf(t, r2, offset))
  base = f32x4.replace_lane(base, 3, offsetOf(t, r3, offset))
  for (let x: usize = 0; x < <usize>count; x += 16, to += 16 * POINT) {
    const v0 = v128.load(r0 + x)
    const v1 = v128.load(r1 + x)
    const v2 = v128.load(r2 + x)
    const v3 = v128.load(r3 + x)
    const low01 = v128.shuffle<u8>(v0, v1, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
    const low23 = v128.shuffle<u8>(v2, v3, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
    const high01 = v128.shuffle<u8>(v0, v1, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
    const high23 = v128.shuffle<u8>(v2, v3, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
    putFour(to, v128.shuffle<u16>(low01, low23, 0, 8, 1, 9, 2, 10, 3, 11), base)
    putFour(to + 4 * POINT, v128.shuffle<u16>(low01, low23, 4, 12, 5, 13, 6, 14, 7, 15), base)
    putFour(to + 8 * POINT, v128.shuffle<u16>(high01, high23, 0, 8, 1, 9, 2, 10, 3, 11), base)
    putFour(to + 12 * POINT, v128.shuffle<u16>(high01, high23, 4, 12, 5, 13, 6, 14, 7, 15), base)
  }
}

/** Sixteen bytes: four lanes of each of four points. */
@inline function putFour(to: usize, bytes: v128, offset: v128): void {
  const low = i16x8.extend_low_i8x16_u(bytes)
  const high = i16x8.extend_high_i8x16_u(bytes)
  v128.store(to, f32x4.sub(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(low)), offset))
  v128.store(to + POINT, f32x4.sub(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(low)), offset))
  v128.store(to + 2 * POINT, f32x4.sub(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(high)), offset))
  v128.store(to + 3 * POINT, f32x4.sub(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(high)), offset))
}

/** The forward step of span 4, and four rows as lanes become four columns as lanes. */
function spreadRows<T>(p: usize, n: i32, columns: usize, groupBytes: usize): void {
  for (const end = p + (<usize>n << 5); p < end; p += 4 * POINT, columns += groupBytes) {
    step4<T>(p)
    if (sizeof<T>() == 4) turnFour(p, columns)
    else {
      turnTwo(p, columns)
      columns += groupBytes
      turnTwo(p + 2 * POINT, columns)
    }
  }
}

/** Four columns as lanes become four rows as lanes, then the inverse step of span 4. */
function gatherRows<T>(columns: usize, groupBytes: usize, p: usize, n: i32): void {
  for (const end = p + (<usize>n << 5); p < end; p += 4 * POINT, columns += groupBytes) {
    if (sizeof<T>() == 4) turnFour(columns, p)
    else {
      turnTwo(columns, p)
      columns += groupBytes
      turnTwo(columns, p + 2 * POINT)
    }
    stepBack4<T>(p)
  }
}

/** Lane k of point j becomes lane j of point k. */
@inline function turnFour(from: usize, to: usize): void {
  turnVectors(from, to, POINT)
  turnVectors(from + 16, to + 16, POINT)
}

@inline function turnTwo(from: usize, to: usize): void {
  const ar = re(from)
  const ai = im(from)
  const br = re(from + POINT)
  const bi = im(from + POINT)
  put(to, v128.shuffle<f64>(ar, br, 0, 2), v128.shuffle<f64>(ai, bi, 0, 2))
  put(to + POINT, v128.shuffle<f64>(ar, br, 1, 3), v128.shuffle<f64>(ai, bi, 1, 3))
}

/** Lane k of the vector at `from` + j points becomes lane j of the vector at `to` + k strides. */
@inline function turnVectors(from: usize, to: usize, stride: usize): void {
  const a = v128.load(from)
  const b = v128.load(from + POINT)
  const c = v128.load(from + 2 * POINT)
  const d = v128.load(from + 3 * POINT)
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5))
  v128.store(to + stride, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7))
  v128.store(to + 2 * stride, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5))
  v128.store(to + 3 * stride, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7))
}

/** A group of template columns becomes the spectrum: transformed, conjugated, and scaled for both ways. */
export function templateColumns(t: Tile, channel: i32, group: i32): void {
  if (t.precise) templateColumnsIn<f64>(t, channel, group)
  else templateColumnsIn<f32>(t, channel, group)
}

function templateColumnsIn<T>(t: Tile, channel: i32, group: i32): void {
  const p = t.spectrum + <usize>channel * t.channelBytes + <usize>group * t.groupBytes
  const end = p + (<usize>t.columnLength << 5)
  clearRows<T>(t, p, t.templateHeight)
  forward<T>(p, t.columnLength, t.columnRadix, t.columnTwiddles)
  const scale = v128.splat<T>(<T>(1.0 / (<f64>t.rowLength * <f64>t.columnLength)))
  const conjugate = v128.neg<T>(scale)
  for (let q = p; q < end; q += 4 * POINT) {
    step4<T>(q)
    for (let o: usize = 0; o < 4 * POINT; o += POINT) {
      put(q + o, v128.mul<T>(re(q + o), scale), v128.mul<T>(im(q + o), conjugate))
    }
  }
}

/** Rows come in as many as there are lanes; after the last that were given, a column is 0. */
@inline function clearRows<T>(t: Tile, group: usize, rows: i32): void {
  const lanes = 16 / sizeof<T>()
  const given = (<usize>rows + lanes - 1) / lanes * lanes
  if (given < <usize>t.columnLength) memory.fill(group + (given << 5), 0, (<usize>t.columnLength - given) << 5)
}

/** Correlates a group of columns with the template; the sum over all channels ends up in the first. */
export function correlateColumns(t: Tile, group: i32): void {
  if (t.precise) correlateColumnsIn<f64>(t, group)
  else correlateColumnsIn<f32>(t, group)
}

function correlateColumnsIn<T>(t: Tile, group: i32): void {
  const p = t.columns + <usize>group * t.groupBytes
  const s = t.spectrum + <usize>group * t.groupBytes
  const bytes = <usize>t.columnLength << 5
  for (let c = 0; c < t.channels; c++) {
    const q = p + <usize>c * t.channelBytes
    clearRows<T>(t, q, t.rowsIn)
    forward<T>(q, t.columnLength, t.columnRadix, t.columnTwiddles)
  }
  const power = t.channels == 1 ? multiply<T>(p, s, bytes) : multiply3<T>(p, s, t.channelBytes, bytes)
  store<f64>(t.power, load<f64>(t.power) + sumLanes<T>(power))
  inverse<T>(p, t.columnLength, t.columnRadix, t.columnTwiddlesEnd)
}

@inline function sumLanes<T>(v: v128): f64 {
  if (sizeof<T>() == 8) return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1)
  const low = <f64>f32x4.extract_lane(v, 0) + <f64>f32x4.extract_lane(v, 1)
  return low + <f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3)
}

/** Forward step of span 4, product with the spectrum, inverse step of span 4. @returns Σ |product|² in each lane */
function multiply<T>(p: usize, s: usize, bytes: usize): v128 {
  let power = v128.splat<T>(0)
  for (const end = p + bytes; p < end; p += 4 * POINT, s += 4 * POINT) {
    step4<T>(p)
    for (let o: usize = 0; o < 4 * POINT; o += POINT) {
      const r = productRe<T>(p + o, s + o)
      const i = productIm<T>(p + o, s + o)
      power = v128.add<T>(power, v128.add<T>(v128.mul<T>(r, r), v128.mul<T>(i, i)))
      put(p + o, r, i)
    }
    stepBack4<T>(p)
  }
  return power
}

/** The same for three channels; products are added up. */
function multiply3<T>(p: usize, s: usize, channelBytes: usize, bytes: usize): v128 {
  let power = v128.splat<T>(0)
  for (const end = p + bytes; p < end; p += 4 * POINT, s += 4 * POINT) {
    const p1 = p + channelBytes
    const p2 = p1 + channelBytes
    const s1 = s + channelBytes
    const s2 = s1 + channelBytes
    step4<T>(p)
    step4<T>(p1)
    step4<T>(p2)
    for (let o: usize = 0; o < 4 * POINT; o += POINT) {
      const r12 = v128.add<T>(productRe<T>(p1 + o, s1 + o), productRe<T>(p2 + o, s2 + o))
      const i12 = v128.add<T>(productIm<T>(p1 + o, s1 + o), productIm<T>(p2 + o, s2 + o))
      const r = v128.add<T>(productRe<T>(p + o, s + o), r12)
      const i = v128.add<T>(productIm<T>(p + o, s + o), i12)
      power = v128.add<T>(power, v128.add<T>(v128.mul<T>(r, r), v128.mul<T>(i, i)))
      put(p + o, r, i)
    }
    stepBack4<T>(p)
  }
  return power
}

@inline function productRe<T>(p: usize, s: usize): v128 {
  return v128.sub<T>(v128.mul<T>(re(p), re(s)), v128.mul<T>(im(p), im(s)))
}

@inline function productIm<T>(p: usize, s: usize): v128 {
  return v128.add<T>(v128.mul<T>(re(p), im(s)), v128.mul<T>(im(p), re(s)))
}

/** Rows y to y + 3 of both patches: transformed back, and those that are wanted written to the map. */
export function columnsToRows(t: Tile, y: i32): void {
  if (t.precise) columnsToRowsIn<f64>(t, y)
  else columnsToRowsIn<f32>(t, y)
}

function columnsToRowsIn<T>(t: Tile, y: i32): void {
  gatherRows<T>(t.columns + <usize>y * POINT, t.groupBytes, t.scratch, t.rowLength)
  inverse<T>(t.scratch, t.rowLength, t.rowRadix, t.rowTwiddlesEnd)
  const bytes = <usize>t.countOut << 2
  const a = t.map + <usize>(t.topA + y) * t.mapStride + (t.left << 2)
  const b = t.map + <usize>(t.topB + y) * t.mapStride + (t.left << 2)
  storeRows<T>(t.scratch, a, t.mapStride, t.rowsOutA - y, bytes)
  storeRows<T>(t.scratch + 16, b, t.mapStride, t.rowsOutB - y, bytes)
}

/** The real (or imaginary) parts of up to four rows, of which they are lanes. */
function storeRows<T>(from: usize, to: usize, stride: usize, rows: i32, bytes: usize): void {
  const lanes = <i32>(16 / sizeof<T>())
  let x: usize = 0
  if (lanes == 4 && rows >= 4) {
    for (; x + 16 <= bytes; x += 16, from += 4 * POINT) turnVectors(from, to + x, stride)
  }
  for (; x < bytes; x += 4, from += POINT) {
    for (let row = 0; row < min(rows, lanes); row++) {
      store<f32>(to + <usize>row * stride + x, <f32>load<T>(from + <usize>row * sizeof<T>()))
    }
  }
}
