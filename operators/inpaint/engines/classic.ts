import { fillClassic } from '../classic/fill'
import type { Filler } from './engine'

/** From the picture alone, at full scale. */
export const classic: Filler = {
  side: 0,
  async fill(crop, hole, { checkpoint }) {
    return { picture: await fillClassic(crop, hole.data, checkpoint), scale: 1, modelRuns: 0 }
  },
}
