import type { z } from 'zod'
import type { ModelList, ModelObject } from '../server/api/contracts/models'
import type { Connection } from './connection'

type Model = z.output<typeof ModelObject>

/** The networks that tools run, and where they stand on the server. */
export class Models {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async list(): Promise<Model[]> {
    return (await this.#connection.json<z.output<typeof ModelList>>('api/v1/models')).models
  }

  get(id: string): Promise<Model> {
    return this.#connection.json(pathOf(id))
  }

  /** Begins the download. @throws DarkroomError forbidden while its licence is not accepted on the server */
  fetch(id: string): Promise<Model> {
    return this.#connection.json(`${pathOf(id)}/fetch`, { method: 'POST' })
  }

  async remove(id: string): Promise<void> {
    await this.#connection.response(pathOf(id), { method: 'DELETE' })
  }
}

const pathOf = (id: string): string => `api/v1/models/${encodeURIComponent(id)}`
