import { needsAcceptance } from '../../models/licence'
import { findModel, manifest } from '../../models/manifest'
import type { HeldModel, ModelState, Models } from '../../server/api/engine'
import { licenceRefusal } from '../../server/models/licences'

/** The manifest's models, none of them here; a test sets their states and the bytes of their files. */
export class MemoryModels implements Models {
  readonly states = new Map<string, ModelState>()
  readonly accepted = new Set<string>()
  /** What every file of an installed model has in it. */
  bytes = new Uint8Array(0)

  async list() {
    return manifest.map((model) => this.#held(model))
  }

  async find(id: string) {
    const model = findModel(id)
    return model && this.#held(model)
  }

  async fetch(id: string) {
    const held = await this.find(id)
    if (!held || held.state.state === 'installed') return held
    if (!held.accepted) throw licenceRefusal(held.model)
    this.states.set(id, { state: 'fetching', bytes: 1, total: 2 })
    return this.find(id)
  }

  async remove(id: string) {
    return this.states.delete(id)
  }

  async open(id: string, name: string) {
    const file = findModel(id)?.files.find((one) => one.name === name)
    if (!file?.sha256 || this.states.get(id)?.state !== 'installed') return undefined
    const { bytes } = this
    const read = (from: number, to: number) => new Blob([bytes.slice(from, to)]).stream()
    return { size: bytes.length, sha256: file.sha256, read }
  }

  #held(model: HeldModel['model']): HeldModel {
    const accepted = !needsAcceptance(model) || this.accepted.has(model.id)
    return { model, state: this.states.get(model.id) ?? { state: 'absent' }, accepted }
  }
}
