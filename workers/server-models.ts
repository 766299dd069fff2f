import * as z from 'zod'
import { ToolError } from '../core/errors'
import { ModelObject } from '../server/api/contracts/models'
import { refusal } from './refusal'
import { toServer } from './to-server'

export type ServerModel = z.infer<typeof ModelObject>

const ModelList = z.object({ models: z.array(ModelObject) })

const MODELS = '/api/v1/models'

/** The models of the server. Every call throws ToolError: the server's refusal, or `unavailable` where none answers. */
export const serverModels = {
  list: async (): Promise<ServerModel[]> => ModelList.parse(await ask(MODELS, 'GET')).models,
  find: async (id: string): Promise<ServerModel> => ModelObject.parse(await ask(`${MODELS}/${id}`, 'GET')),
  /** Has the server fetch a model; it answers at once. @throws ToolError forbidden when its licence is not accepted there */
  fetch: async (id: string): Promise<ServerModel> => ModelObject.parse(await ask(`${MODELS}/${id}/fetch`, 'POST')),
}

async function ask(path: string, method: string): Promise<unknown> {
  const response = await fetch(path, { method, headers: toServer }).catch((cause) => {
    throw new ToolError('unavailable', 'The server does not answer', { cause })
  })
  if (!response.ok) throw await refusal(response)
  return response.json()
}
