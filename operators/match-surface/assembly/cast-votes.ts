// Votes of one scene point. Points are x y z as 32-bit floats; a turn is a 16-bit angle, 65536 is 2π, so differences wrap.

/** One search; the driver writes it: `LENGTHS` as 64-bit floats, then `BALLOT_FIELDS` as 32-bit words, in this order. */
@unmanaged export class Ballot {
  /** Of the pairs that count. */
  shortest!: f64
  longest!: f64
  distanceStep!: f64
  /** Frame of the scene point's normal: u, then v. Changes from point to point. */
  ux!: f64
  uy!: f64
  uz!: f64
  vx!: f64
  vy!: f64
  vz!: f64
  /** Scene. */
  positions!: usize
  normals!: usize
  /** Pair table of the model: u32 first entry of each key, one more than there are keys. */
  starts!: usize
  /** Model point in the upper 16 bits, turn in the lower. */
  entries!: usize
  keys!: u32
  angles!: u32
  turns!: u32
  /** u8 by cosine. */
  angleByCosine!: usize
  /** u16, model points × turns. */
  votes!: usize
  /** u32 for each key: which turns have voted, bit by bit; all 0 between calls. */
  voted!: usize
  /** Room for one u32 key per scene point. */
  touched!: usize
  /** Scene points by cell: u32 first item of each bucket, and the items. */
  gridStarts!: usize
  gridItems!: usize
  /** u32, the buckets around the point. */
  buckets!: usize
}

const COSINE_SCALE: f64 = 2047.5

/**
 * Each pair that scene point `reference` makes with a neighbour adds a vote for every model pair of the same feature.
 *
 * @param found how many buckets there are
 */
export function castVotes(b: Ballot, reference: u32, found: u32): void {
  const i = reference * 12
  let touched = b.touched
  for (let bucket: u32 = 0; bucket < found; bucket++) {
    const start = b.gridStarts + ((<usize>load<u32>(b.buckets + (bucket << 2))) << 2)
    const end = b.gridItems + (<usize>load<u32>(start, 4) << 2)
    for (let item = b.gridItems + (<usize>load<u32>(start) << 2); item < end; item += 4) {
      const key = castPair(b, i, load<u32>(item) * 12)
      if (key < 0) continue
      store<u32>(touched, key)
      touched += 4
    }
  }
  for (let at = b.touched; at < touched; at += 4) store<u32>(b.voted + (<usize>load<u32>(at) << 2), 0)
}

/** Votes of the pair of scene points at bytes `i` and `j`. @returns its key, -1 when it has no vote */
// @ts-ignore: decorator
@inline
function castPair(b: Ballot, i: usize, j: usize): i32 {
  const p = b.positions
  const dx = at(p + j, 0) - at(p + i, 0)
  const dy = at(p + j, 1) - at(p + i, 1)
  const dz = at(p + j, 2) - at(p + i, 2)
  const square = dx * dx + dy * dy + dz * dz
  if (square > b.longest * b.longest || square < b.shortest * b.shortest) return -1
  const distance = Math.sqrt(square)
  const n = b.normals
  const nx = at(n + i, 0), ny = at(n + i, 1), nz = at(n + i, 2)
  const mx = at(n + j, 0), my = at(n + j, 1), mz = at(n + j, 2)
  const first = angleOf(b, (nx * dx + ny * dy + nz * dz) / distance)
  const second = angleOf(b, (mx * dx + my * dy + mz * dz) / distance)
  const between = angleOf(b, nx * mx + ny * my + nz * mz)
  const key = ((<u32>(distance / b.distanceStep) * b.angles + first) * b.angles + second) * b.angles + between
  if (key >= b.keys) return -1
  const start = load<u32>(b.starts + (<usize>key << 2))
  const end = load<u32>(b.starts + (<usize>key << 2), 4)
  if (start === end) return -1
  const turn = turnOf(dx * b.ux + dy * b.uy + dz * b.uz, dx * b.vx + dy * b.vy + dz * b.vz)
  const bit: u32 = 1 << (turn >>> 11)
  const voted = b.voted + (<usize>key << 2)
  if (load<u32>(voted) & bit) return -1 // dense patches would shout down the rest. Hinterstoisser et al., ECCV 2016
  store<u32>(voted, load<u32>(voted) | bit)
  count(b, turn, start, end)
  return key
}

// @ts-ignore: decorator
@inline
function count(b: Ballot, turn: u32, start: u32, end: u32): void {
  const turns = b.turns
  const votes = b.votes
  const last = b.entries + (<usize>end << 2)
  for (let e = b.entries + (<usize>start << 2); e < last; e += 4) {
    const entry = load<u32>(e)
    const vote = votes + (((entry >>> 16) * turns + ((((turn - entry) & 0xffff) * turns) >>> 16)) << 1)
    store<u16>(vote, load<u16>(vote) + 1)
  }
}

// @ts-ignore: decorator
@inline
function at(point: usize, axis: usize): f64 {
  return <f64>load<f32>(point + (axis << 2))
}

// @ts-ignore: decorator
@inline
function angleOf(b: Ballot, cosine: f64): u32 {
  return <u32>load<u8>(b.angleByCosine + <u32>((cosine + 1) * COSINE_SCALE))
}

/** As `turnOf` in features.ts. */
// @ts-ignore: decorator
@inline
function turnOf(u: f64, v: f64): u32 {
  const au = abs(u), av = abs(v)
  const ratio = min(au, av) / max(max(au, av), 1e-30)
  const s = ratio * ratio
  let angle = ratio * (0.999866 + s * (-0.3302995 + s * (0.180141 + s * (-0.085133 + s * 0.0208351))))
  if (av > au) angle = Math.PI / 2 - angle
  if (u < 0) angle = Math.PI - angle
  if (v < 0) angle = -angle
  return <u32>(<i32>Math.floor((angle * 65536) / (2 * Math.PI) + 0.5)) & 0xffff
}
