// Fourier transforms of several signals at once, one per lane: four in 32-bit floats, or two in 64-bit floats.
//
// A point of all signals is 32 bytes: the real parts, then the imaginary parts. The forward transform decimates in
// frequency and leaves its output in digit-reversed order; the inverse takes that order and decimates in time, so nothing
// is ever put in order. Both leave out the radix-4 step of span 4, the last one forward and the first one back: the
// callers fuse it with what they do next. Cooley and Tukey, "An algorithm for the machine calculation of complex Fourier
// series", 1965; radices as in Van Loan, "Computational Frameworks for the Fast Fourier Transform", 1992.

/** Bytes of one point. */
export const POINT = 32

@inline export function re(p: usize): v128 {
  return v128.load(p)
}

@inline export function im(p: usize): v128 {
  return v128.load(p, 16)
}

@inline export function put(p: usize, r: v128, i: v128): void {
  v128.store(p, r)
  v128.store(p, i, 16)
}

/** Bytes of one twiddle: cos and sin. */
@inline function twiddle<T>(): usize {
  return sizeof<T>() << 1
}

/** One number in all lanes. */
@inline function wide<T>(p: usize): v128 {
  return sizeof<T>() == 4 ? v128.load32_splat(p) : v128.load64_splat(p)
}

/** Writes (r + i·im) · (cos + i·sin) of the twiddle at `w`. */
@inline function putTimes<T>(p: usize, r: v128, i: v128, w: usize): void {
  const c = wide<T>(w)
  const s = wide<T>(w + sizeof<T>())
  put(p, v128.sub<T>(v128.mul<T>(r, c), v128.mul<T>(i, s)), v128.add<T>(v128.mul<T>(r, s), v128.mul<T>(i, c)))
}

/**
 * All steps of the forward transform but the one of span 4.
 *
 * @param n points: radix · 4^k
 * @param radix of the first step: 1 (none), 2, 3 or 5
 * @param twiddles of all steps, as the driver lays them out
 */
export function forward<T>(data: usize, n: i32, radix: i32, twiddles: usize): void {
  let span = n
  if (radix == 2) forward2<T>(data, span, twiddles)
  else if (radix == 3) forward3<T>(data, span, twiddles)
  else if (radix == 5) forward5<T>(data, span, twiddles)
  if (radix > 1) {
    twiddles += tableBytes<T>(span, radix)
    span /= radix
  }
  while (span > 4) {
    forward4<T>(data, n, span, twiddles)
    twiddles += tableBytes<T>(span, 4)
    span >>= 2
  }
}

/** The way back, from after the step of span 4; not scaled. `twiddles` as for `forward`, but its end. */
export function inverse<T>(data: usize, n: i32, radix: i32, twiddlesEnd: usize): void {
  let span = 16
  while (span * radix <= n) {
    twiddlesEnd -= tableBytes<T>(span, 4)
    inverse4<T>(data, n, span, twiddlesEnd)
    span <<= 2
  }
  twiddlesEnd -= tableBytes<T>(n, radix)
  if (radix == 2) inverse2<T>(data, n, twiddlesEnd)
  else if (radix == 3) inverse3<T>(data, n, twiddlesEnd)
  else if (radix == 5) inverse5<T>(data, n, twiddlesEnd)
}

/** A step of span n and radix r needs r - 1 twiddles for each of n / r butterflies. */
@inline function tableBytes<T>(span: i32, radix: i32): usize {
  return <usize>((span / radix) * (radix - 1)) * twiddle<T>()
}

function forward4<T>(data: usize, n: i32, span: i32, twiddles: usize): void {
  const quarter = <usize>span << 3 // POINT / 4
  const end = data + (<usize>n << 5)
  for (let block = data; block < end; block += quarter * 4) {
    let w = twiddles
    for (let p = block, stop = block + quarter; p < stop; p += POINT, w += 3 * twiddle<T>()) {
      const p1 = p + quarter
      const p2 = p1 + quarter
      const p3 = p2 + quarter
      const ar = re(p)
      const ai = im(p)
      const br = re(p1)
      const bi = im(p1)
      const cr = re(p2)
      const ci = im(p2)
      const gr = re(p3)
      const gi = im(p3)
      const sr = v128.add<T>(ar, cr)
      const si = v128.add<T>(ai, ci)
      const dr = v128.sub<T>(ar, cr)
      const di = v128.sub<T>(ai, ci)
      const tr = v128.add<T>(br, gr)
      const ti = v128.add<T>(bi, gi)
      const er = v128.sub<T>(br, gr)
      const ei = v128.sub<T>(bi, gi)
      put(p, v128.add<T>(sr, tr), v128.add<T>(si, ti))
      putTimes<T>(p1, v128.add<T>(dr, ei), v128.sub<T>(di, er), w)
      putTimes<T>(p2, v128.sub<T>(sr, tr), v128.sub<T>(si, ti), w + twiddle<T>())
      putTimes<T>(p3, v128.sub<T>(dr, ei), v128.add<T>(di, er), w + 2 * twiddle<T>())
    }
  }
}

function inverse4<T>(data: usize, n: i32, span: i32, twiddles: usize): void {
  const quarter = <usize>span << 3
  const end = data + (<usize>n << 5)
  for (let block = data; block < end; block += quarter * 4) {
    let w = twiddles
    for (let p = block, stop = block + quarter; p < stop; p += POINT, w += 3 * twiddle<T>()) {
      const p1 = p + quarter
      const p2 = p1 + quarter
      const p3 = p2 + quarter
      const ar = re(p)
      const ai = im(p)
      const br = timesRe<T>(p1, w)
      const bi = timesIm<T>(p1, w)
      const cr = timesRe<T>(p2, w + twiddle<T>())
      const ci = timesIm<T>(p2, w + twiddle<T>())
      const er = timesRe<T>(p3, w + 2 * twiddle<T>())
      const ei = timesIm<T>(p3, w + 2 * twiddle<T>())
      const sr = v128.add<T>(ar, cr)
      const si = v128.add<T>(ai, ci)
      const dr = v128.sub<T>(ar, cr)
      const di = v128.sub<T>(ai, ci)
      const tr = v128.add<T>(br, er)
      const ti = v128.add<T>(bi, ei)
      const ur = v128.sub<T>(br, er)
      const ui = v128.sub<T>(bi, ei)
      put(p, v128.add<T>(sr, tr), v128.add<T>(si, ti))
      put(p1, v128.sub<T>(dr, ui), v128.add<T>(di, ur))
      put(p2, v128.sub<T>(sr, tr), v128.sub<T>(si, ti))
      put(p3, v128.add<T>(dr, ui), v128.sub<T>(di, ur))
    }
  }
}

/** Real part of the point at `p` times the conjugate of the twiddle at `w`. */
@inline function timesRe<T>(p: usize, w: usize): v128 {
  return v128.add<T>(v128.mul<T>(re(p), wide<T>(w)), v128.mul<T>(im(p), wide<T>(w + sizeof<T>())))
}

@inline function timesIm<T>(p: usize, w: usize): v128 {
  return v128.sub<T>(v128.mul<T>(im(p), wide<T>(w)), v128.mul<T>(re(p), wide<T>(w + sizeof<T>())))
}

/** The forward step of span 4 on four points; its twiddles are all 1. */
@inline export function step4<T>(p: usize): void {
  const sr = v128.add<T>(re(p), re(p + 64))
  const si = v128.add<T>(im(p), im(p + 64))
  const dr = v128.sub<T>(re(p), re(p + 64))
  const di = v128.sub<T>(im(p), im(p + 64))
  const tr = v128.add<T>(re(p + 32), re(p + 96))
  const ti = v128.add<T>(im(p + 32), im(p + 96))
  const er = v128.sub<T>(re(p + 32), re(p + 96))
  const ei = v128.sub<T>(im(p + 32), im(p + 96))
  put(p, v128.add<T>(sr, tr), v128.add<T>(si, ti))
  put(p + 32, v128.add<T>(dr, ei), v128.sub<T>(di, er))
  put(p + 64, v128.sub<T>(sr, tr), v128.sub<T>(si, ti))
  put(p + 96, v128.sub<T>(dr, ei), v128.add<T>(di, er))
}

/** The inverse step of span 4. */
@inline export function stepBack4<T>(p: usize): void {
  const sr = v128.add<T>(re(p), re(p + 64))
  const si = v128.add<T>(im(p), im(p + 64))
  const dr = v128.sub<T>(re(p), re(p + 64))
  const di = v128.sub<T>(im(p), im(p + 64))
  const tr = v128.add<T>(re(p + 32), re(p + 96))
  const ti = v128.add<T>(im(p + 32), im(p + 96))
  const er = v128.sub<T>(re(p + 32), re(p + 96))
  const ei = v128.sub<T>(im(p + 32), im(p + 96))
  put(p, v128.add<T>(sr, tr), v128.add<T>(si, ti))
  put(p + 32, v128.sub<T>(dr, ei), v128.add<T>(di, er))
  put(p + 64, v128.sub<T>(sr, tr), v128.sub<T>(si, ti))
  put(p + 96, v128.add<T>(dr, ei), v128.sub<T>(di, er))
}

function forward2<T>(data: usize, n: i32, w: usize): void {
  const half = <usize>n << 4
  for (let p = data, stop = data + half; p < stop; p += POINT, w += twiddle<T>()) {
    const p1 = p + half
    const ar = re(p)
    const ai = im(p)
    const br = re(p1)
    const bi = im(p1)
    put(p, v128.add<T>(ar, br), v128.add<T>(ai, bi))
    putTimes<T>(p1, v128.sub<T>(ar, br), v128.sub<T>(ai, bi), w)
  }
}

function inverse2<T>(data: usize, n: i32, w: usize): void {
  const half = <usize>n << 4
  for (let p = data, stop = data + half; p < stop; p += POINT, w += twiddle<T>()) {
    const p1 = p + half
    const ar = re(p)
    const ai = im(p)
    const br = timesRe<T>(p1, w)
    const bi = timesIm<T>(p1, w)
    put(p, v128.add<T>(ar, br), v128.add<T>(ai, bi))
    put(p1, v128.sub<T>(ar, br), v128.sub<T>(ai, bi))
  }
}

const SIN_60: f64 = 0.8660254037844386

function forward3<T>(data: usize, n: i32, w: usize): void {
  const third = (<usize>n / 3) << 5
  const half = v128.splat<T>(<T>0.5)
  const sine = v128.splat<T>(<T>SIN_60)
  for (let p = data, stop = data + third; p < stop; p += POINT, w += 2 * twiddle<T>()) {
    const p1 = p + third
    const p2 = p1 + third
    const sr = v128.add<T>(re(p1), re(p2))
    const si = v128.add<T>(im(p1), im(p2))
    const dr = v128.mul<T>(v128.sub<T>(re(p1), re(p2)), sine)
    const di = v128.mul<T>(v128.sub<T>(im(p1), im(p2)), sine)
    const mr = v128.sub<T>(re(p), v128.mul<T>(sr, half))
    const mi = v128.sub<T>(im(p), v128.mul<T>(si, half))
    put(p, v128.add<T>(re(p), sr), v128.add<T>(im(p), si))
    putTimes<T>(p1, v128.add<T>(mr, di), v128.sub<T>(mi, dr), w)
    putTimes<T>(p2, v128.sub<T>(mr, di), v128.add<T>(mi, dr), w + twiddle<T>())
  }
}

function inverse3<T>(data: usize, n: i32, w: usize): void {
  const third = (<usize>n / 3) << 5
  const half = v128.splat<T>(<T>0.5)
  const sine = v128.splat<T>(<T>SIN_60)
  for (let p = data, stop = data + third; p < stop; p += POINT, w += 2 * twiddle<T>()) {
    const p1 = p + third
    const p2 = p1 + third
    const br = timesRe<T>(p1, w)
    const bi = timesIm<T>(p1, w)
    const cr = timesRe<T>(p2, w + twiddle<T>())
    const ci = timesIm<T>(p2, w + twiddle<T>())
    const sr = v128.add<T>(br, cr)
    const si = v128.add<T>(bi, ci)
    const dr = v128.mul<T>(v128.sub<T>(br, cr), sine)
    const di = v128.mul<T>(v128.sub<T>(bi, ci), sine)
    const mr = v128.sub<T>(re(p), v128.mul<T>(sr, half))
    const mi = v128.sub<T>(im(p), v128.mul<T>(si, half))
    put(p, v128.add<T>(re(p), sr), v128.add<T>(im(p), si))
    put(p1, v128.sub<T>(mr, di), v128.add<T>(mi, dr))
    put(p2, v128.add<T>(mr, di), v128.sub<T>(mi, dr))
  }
}

const COS_72: f64 = 0.30901699437494745
const SIN_72: f64 = 0.9510565162951535
const COS_144: f64 = -0.8090169943749475
const SIN_144: f64 = 0.5877852522924731

@inline function mix<T>(a: v128, b: v128, x: f64, y: f64): v128 {
  return v128.add<T>(v128.mul<T>(a, v128.splat<T>(<T>x)), v128.mul<T>(b, v128.splat<T>(<T>y)))
}

function forward5<T>(data: usize, n: i32, w: usize): void {
  const fifth = (<usize>n / 5) << 5
  for (let p = data, stop = data + fifth; p < stop; p += POINT, w += 4 * twiddle<T>()) {
    const p1 = p + fifth
    const p2 = p1 + fifth
    const p3 = p2 + fifth
    const p4 = p3 + fifth
    const ar = re(p)
    const ai = im(p)
    const sr = v128.add<T>(re(p1), re(p4))
    const si = v128.add<T>(im(p1), im(p4))
    const dr = v128.sub<T>(re(p1), re(p4))
    const di = v128.sub<T>(im(p1), im(p4))
    const tr = v128.add<T>(re(p2), re(p3))
    const ti = v128.add<T>(im(p2), im(p3))
    const er = v128.sub<T>(re(p2), re(p3))
    const ei = v128.sub<T>(im(p2), im(p3))
    put(p, v128.add<T>(ar, v128.add<T>(sr, tr)), v128.add<T>(ai, v128.add<T>(si, ti)))
    const mr = v128.add<T>(ar, mix<T>(sr, tr, COS_72, COS_144))
    const mi = v128.add<T>(ai, mix<T>(si, ti, COS_72, COS_144))
    const ur = mix<T>(dr, er, SIN_72, SIN_144)
    const ui = mix<T>(di, ei, SIN_72, SIN_144)
    putTimes<T>(p1, v128.add<T>(mr, ui), v128.sub<T>(mi, ur), w)
    putTimes<T>(p4, v128.sub<T>(mr, ui), v128.add<T>(mi, ur), w + 3 * twiddle<T>())
    const nr = v128.add<T>(ar, mix<T>(sr, tr, COS_144, COS_72))
    const ni = v128.add<T>(ai, mix<T>(si, ti, COS_144, COS_72))
    const vr = mix<T>(dr, er, SIN_144, -SIN_72)
    const vi = mix<T>(di, ei, SIN_144, -SIN_72)
    putTimes<T>(p2, v128.add<T>(nr, vi), v128.sub<T>(ni, vr), w + twiddle<T>())
    putTimes<T>(p3, v128.sub<T>(nr, vi), v128.add<T>(ni, vr), w + 2 * twiddle<T>())
  }
}

function inverse5<T>(data: usize, n: i32, w: usize): void {
  const fifth = (<usize>n / 5) << 5
  for (let p = data, stop = data + fifth; p < stop; p += POINT, w += 4 * twiddle<T>()) {
    const p1 = p + fifth
    const p2 = p1 + fifth
    const p3 = p2 + fifth
    const p4 = p3 + fifth
    const ar = re(p)
    const ai = im(p)
    const br = timesRe<T>(p1, w)
    const bi = timesIm<T>(p1, w)
    const cr = timesRe<T>(p2, w + twiddle<T>())
    const ci = timesIm<T>(p2, w + twiddle<T>())
    const fr = timesRe<T>(p3, w + 2 * twiddle<T>())
    const fi = timesIm<T>(p3, w + 2 * twiddle<T>())
    const gr = timesRe<T>(p4, w + 3 * twiddle<T>())
    const gi = timesIm<T>(p4, w + 3 * twiddle<T>())
    const sr = v128.add<T>(br, gr)
    const si = v128.add<T>(bi, gi)
    const dr = v128.sub<T>(br, gr)
    const di = v128.sub<T>(bi, gi)
    const tr = v128.add<T>(cr, fr)
    const ti = v128.add<T>(ci, fi)
    const er = v128.sub<T>(cr, fr)
    const ei = v128.sub<T>(ci, fi)
    put(p, v128.add<T>(ar, v128.add<T>(sr, tr)), v128.add<T>(ai, v128.add<T>(si, ti)))
    const mr = v128.add<T>(ar, mix<T>(sr, tr, COS_72, COS_144))
    const mi = v128.add<T>(ai, mix<T>(si, ti, COS_72, COS_144))
    const ur = mix<T>(dr, er, SIN_72, SIN_144)
    const ui = mix<T>(di, ei, SIN_72, SIN_144)
    put(p1, v128.sub<T>(mr, ui), v128.add<T>(mi, ur))
    put(p4, v128.add<T>(mr, ui), v128.sub<T>(mi, ur))
    const nr = v128.add<T>(ar, mix<T>(sr, tr, COS_144, COS_72))
    const ni = v128.add<T>(ai, mix<T>(si, ti, COS_144, COS_72))
    const vr = mix<T>(dr, er, SIN_144, -SIN_72)
    const vi = mix<T>(di, ei, SIN_144, -SIN_72)
    put(p2, v128.sub<T>(nr, vi), v128.add<T>(ni, vr))
    put(p3, v128.add<T>(nr, vi), v128.sub<T>(ni, vr))
  }
}
