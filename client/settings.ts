import type { z } from 'zod'
import type { ToolSettings } from '../server/api/contracts/settings'
import type { Connection } from './connection'
import type { ToolName, ToolParams } from './tools'

/** What the server does with a parameter that a request leaves out. */
export class Settings {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  get(tool: ToolName): Promise<z.output<typeof ToolSettings>> {
    return this.#connection.json(pathOf(tool))
  }

  /** Replaces them all: what is left out has the tool's own default again. */
  put<T extends ToolName>(tool: T, params: ToolParams<T>): Promise<z.output<typeof ToolSettings>> {
    return this.#connection.json(pathOf(tool), { method: 'PUT', json: params })
  }
}

const pathOf = (tool: string): string => `api/v1/settings/${encodeURIComponent(tool)}`
