import type { Rect } from '../../core/draw'
import { beginDraft, type Change, type Draft, finishDraft, lay } from '../../core/mask/draft'
import { type Mask, union } from '../../core/mask/mask'
import { type Dab, strokeShape } from '../../core/mask/shapes'

const SPACING = 0.05 // of the radius: dabs closer than this are one

/** A line that is being painted. Dabs are noted as they come and laid down once a frame. */
export class Stroke {
  readonly #draft: Draft
  readonly #hardness: number
  readonly #change: Change
  readonly #waiting: Dab[] = []
  #last: Dab | undefined

  constructor(mask: Mask, hardness: number, change: Change) {
    this.#draft = beginDraft(mask)
    this.#hardness = hardness
    this.#change = change
  }

  get tiles(): Draft['tiles'] {
    return this.#draft.tiles
  }

  note(dab: Dab): void {
    const before = this.#waiting.at(-1) ?? this.#last
    const isNear = before && Math.hypot(dab.x - before.x, dab.y - before.y) < Math.max(0.5, SPACING * dab.radius)
    if (!isNear) this.#waiting.push(dab)
  }

  /** Lays down what was noted. @returns where the mask has changed */
  advance(): Rect | undefined {
    let changed: Rect | undefined
    for (const dab of this.#waiting.splice(0)) {
      const { region, cover } = strokeShape(this.#last ?? dab, dab, this.#hardness)
      changed = union(changed, lay(this.#draft, region, cover, this.#change))
      this.#last = dab
    }
    return changed
  }

  finish(): Mask {
    this.advance()
    return finishDraft(this.#draft)
  }
}
