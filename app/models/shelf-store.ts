import { failure } from '../../core/errors'
import type { ModelShelf } from '../../workers/models/shelf'
import { createStore, type Store } from '../state/store'
import type { Row, There } from './row'
import { TransferMeter } from './transfer'

const REDRAW_MS = 100 // more often than this nobody reads a number

type DeviceShelf = Omit<ModelShelf, 'subscribe'>

/** How models stand on the server, by id; rejects where none answers. */
export interface ServerShelf {
  list(): Promise<Readonly<Record<string, There>>>
  /** Has the server fetch a model and follows it until it is there. @throws ToolError when it cannot be had */
  bring(id: string, onChange: (there: There) => void, signal: AbortSignal): Promise<void>
}

/** The models of this device and of the server as one list, and what can be done with them. */
export class ShelfStore {
  readonly rows: Store<readonly Row[]> = createStore<readonly Row[]>([])
  /** Whether the server said how its models stand; null while it has not been asked. */
  readonly serverAnswers: Store<boolean | null> = createStore<boolean | null>(null)
  readonly #device: DeviceShelf
  readonly #server: ServerShelf
  readonly #now: () => number
  readonly #fetching = new Map<string, AbortController>()

  constructor(device: DeviceShelf, server: ServerShelf, now: () => number) {
    this.#device = device
    this.#server = server
    this.#now = now
  }

  /** Looks again at this device. */
  async refresh(): Promise<void> {
    const entries = await this.#device.list()
    const before = this.rows.get() // only now: what changed meanwhile must not be undone
    this.rows.set(
      entries.map(({ model, here, licence }) => {
        const old = before.find((row) => row.model.id === model.id)
        const going = this.#fetching.has(model.id) && old?.here.state === 'fetching'
        return {
          ...{ model, licence },
          here: going ? old.here : here,
          there: old?.there ?? { state: 'unknown' },
          pace: old?.pace ?? null,
          failed: old?.failed ?? null,
        }
      }),
    )
  }

  /** Asks the server; its silence is shown, not thrown. */
  async refreshServer(): Promise<void> {
    try {
      const states = await this.#server.list()
      this.rows.set(this.rows.get().map((row) => ({ ...row, there: states[row.model.id] ?? { state: 'unknown' } })))
      this.serverAnswers.set(true)
    } catch {
      this.forgetServer()
      this.serverAnswers.set(false)
    }
  }

  /** Nothing is asked of a server of which nothing is known. */
  forgetServer(): void {
    this.rows.set(this.rows.get().map((row) => ({ ...row, there: { state: 'unknown' } })))
    this.serverAnswers.set(null)
  }

  /**
   * Fetches a model to this device, after the server has it; true when it is there. Why it is not, its row says.
   */
  async fetch(id: string): Promise<boolean> {
    if (this.#fetching.has(id)) return false
    const controller = new AbortController()
    this.#fetching.set(id, controller)
    this.#change(id, { failed: null, pace: null })
    try {
      if (this.#row(id)?.there.state === 'absent') await this.#bring(id, controller.signal)
      await this.#download(id)
      return true
    } catch (error) {
      const problem = failure(error, console.error)
      if (problem.code !== 'canceled') this.#change(id, { failed: problem })
      return false
    } finally {
      this.#fetching.delete(id)
      this.#change(id, { pace: null })
      await this.refresh()
    }
  }

  /** Ends the download and keeps what arrived. */
  pause(id: string): Promise<void> {
    this.#fetching.get(id)?.abort()
    return this.#do(id, () => this.#device.pause(id))
  }

  /** Ends the download and throws away what arrived. */
  cancel(id: string): Promise<void> {
    this.#fetching.get(id)?.abort()
    return this.#do(id, () => this.#device.cancel(id))
  }

  remove(id: string): Promise<void> {
    return this.#do(id, () => this.#device.remove(id))
  }

  accept(id: string, accepted: boolean): Promise<void> {
    return this.#do(id, () => this.#device.accept(id, accepted))
  }

  /** True when every file is what it should be. */
  async verify(id: string): Promise<boolean> {
    let good = false
    await this.#do(id, async () => {
      good = await this.#device.verify(id)
    })
    return good
  }

  async #download(id: string): Promise<void> {
    const meter = new TransferMeter()
    let timer: ReturnType<typeof setTimeout> | undefined
    let drawn = Number.NEGATIVE_INFINITY
    let latest = { bytes: 0, total: 0 }
    const draw = () => {
      timer = undefined
      drawn = this.#now()
      this.#change(id, { here: { state: 'fetching', ...latest }, pace: meter.pace(latest.total) })
    }
    try {
      await this.#device.download(id, (bytes, total) => {
        meter.add(this.#now(), bytes)
        latest = { bytes, total }
        if (timer === undefined && this.#now() - drawn >= REDRAW_MS) draw()
        else timer ??= setTimeout(draw, REDRAW_MS) // the last number before a standstill is drawn as well
      })
    } finally {
      clearTimeout(timer)
    }
  }

  async #bring(id: string, signal: AbortSignal): Promise<void> {
    await this.#server.bring(id, (there) => this.#change(id, { there }), signal)
    this.#change(id, { there: { state: 'installed' } })
  }

  async #do(id: string, work: () => Promise<void>): Promise<void> {
    this.#change(id, { failed: null })
    try {
      await work()
    } catch (error) {
      this.#change(id, { failed: failure(error, console.error) })
    }
    await this.refresh()
  }

  #row(id: string): Row | undefined {
    return this.rows.get().find(({ model }) => model.id === id)
  }

  #change(id: string, change: Partial<Row>): void {
    this.rows.set(this.rows.get().map((row) => (row.model.id === id ? { ...row, ...change } : row)))
  }
}
