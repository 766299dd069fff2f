// How well faces are told apart on the labelled pairs, whether the browser computes the server's numbers, and what share
// of a bare session's throughput is left after HTTP, decoding and scaling. Rounds of the two are interleaved: this
// machine's other work hits both alike. `npm run bench faces quality` (or `parity`, `throughput`) runs one part.
import { hasFaceData } from './face-data'
import { measureParity } from './face-parity'
import { measureQuality } from './face-quality'
import { measureThroughput } from './face-throughput'

const PARTS = { quality: measureQuality, parity: measureParity, throughput: measureThroughput }

if (!hasFaceData()) {
  console.log('The labelled faces are not here (shared/data/faces beside the repository), so nothing can be measured.')
} else {
  const asked = process.argv.slice(2)
  for (const [name, measure] of Object.entries(PARTS)) if (asked.length === 0 || asked.includes(name)) await measure()
}
