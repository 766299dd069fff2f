import { unitLength } from '../../core/vector'
import { seeded } from '../support'

const DIMENSIONS = 256
const LATENT = 48 // embeddings of photographs fill far fewer directions than they have numbers
const CLUSTERS = 300
const SPREAD = 0.8 // of a cluster, beside the spread of the clusters
const NOISE = 0.3

/** Points on the unit sphere that lie in clusters, as embeddings of photographs do. */
export function clusteredVectors(count: number): Float32Array[] {
  const random = seeded(1)
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const normal = (length: number) => Float32Array.from({ length }, gauss)
  const directions = Array.from({ length: LATENT }, () => normal(DIMENSIONS))
  const centres = Array.from({ length: CLUSTERS }, () => normal(LATENT))
  return Array.from({ length: count }, () => {
    const centre = centres[Math.floor(random() * CLUSTERS)]
    const vector = normal(DIMENSIONS).map((value) => value * NOISE * Math.sqrt(LATENT))
    for (let i = 0; i < LATENT; i++) {
      const weight = centre[i] + SPREAD * gauss()
      for (let d = 0; d < DIMENSIONS; d++) vector[d] += weight * directions[i][d]
    }
    return unitLength(vector)
  })
}
