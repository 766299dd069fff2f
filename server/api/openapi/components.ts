import * as z from 'zod'
import type { Tool } from '../../../operators/registry'
import {
  ChangedUser,
  KeyList,
  KeyObject,
  MadeKeyObject,
  NewKey,
  NewUser,
  SessionObject,
  SignIn,
  UsageObject,
  UserList,
  UserObject,
} from '../contracts/access'
import {
  AddedImage,
  Callback,
  Claim,
  CopyLink,
  FoundImage,
  IgnoreBody,
  ImageObject,
  ImagePage,
  LinkedImage,
  ListedImage,
  Processed,
  SearchResult,
} from '../contracts/copies'
import { Detection } from '../contracts/detect'
import { Comparison, Embedding, EmbeddingBatch, FacesHealth } from '../contracts/faces'
import { InpaintHealth, InpaintRefusal, InpaintStats } from '../contracts/inpaint'
import { AcceptedBatch, BatchTask, ErasedFile } from '../contracts/inpaint-batch'
import { TaskObject, TaskPage } from '../contracts/matching'
import { ModelList, ModelObject } from '../contracts/models'
import { NewWebhook } from '../contracts/new-webhook'
import { Accepted, CoveredFile, PlateTask } from '../contracts/plates'
import { Readiness, Service } from '../contracts/service'
import { ToolSettings } from '../contracts/settings'
import { ToolList } from '../contracts/tools'
import {
  DeliveryObject,
  DeliveryPage,
  ListedWebhook,
  WebhookBody,
  WebhookList,
  WebhookObject,
} from '../contracts/webhooks'
import { schemaName } from './names'

type Json = Record<string, unknown>

/** Body of every refusal that names no field. */
export const Detail = z
  .object({ detail: z.string().meta({ description: 'A sentence: what was wrong and what would be right' }) })
  .meta({ title: 'Refusal', examples: [{ detail: 'Task not found' }] })

const WRONG_FIELD = {
  type: 'less_than_equal',
  loc: ['body', 'threshold'],
  msg: 'Input should be less than or equal to 1.0',
  input: 1.5,
}

export const HTTPValidationError = z
  .object({
    detail: z.array(
      z.object({
        type: z.string().meta({ description: 'The kind of mistake, for programs' }),
        loc: z.array(z.union([z.string(), z.int()])).meta({ description: 'Where it is, from the outside in' }),
        msg: z.string().meta({ description: 'What would be right' }),
        input: z.unknown().meta({ description: 'What was sent' }),
      }),
    ),
  })
  .meta({ title: 'Wrong fields', examples: [{ detail: [WRONG_FIELD] }] })

export interface Components {
  readonly schemas: Readonly<Record<string, Json>>
  /** A reference for a schema with a name, else the schema itself. */
  refer(schema: z.ZodType): Json
}

/** Every schema that has a name in the document. */
export function components(tools: readonly Tool[]): Components {
  const named = z.registry<{ id: string }>()
  const shared = {
    Task: TaskObject,
    TaskPage,
    ToolList,
    ToolSettings,
    Webhook: WebhookObject,
    NewWebhook,
    ListedWebhook,
    WebhookList,
    WebhookBody,
    Embedding,
    EmbeddingBatch,
    Accepted,
    AcceptedBatch,
    BatchTask,
    ErasedFile,
    Detection,
    CoveredFile,
    PlateTask,
    FaceComparison: Comparison,
    Image: ImageObject,
    ImagePage,
    ListedImage,
    AddedImage,
    ClaimedImage: Claim,
    ProcessedImage: Processed,
    Finding: Callback,
    CopyLink,
    FoundImage,
    LinkedImage,
    SetAside: IgnoreBody,
    SearchResult,
    FacesHealth,
    InpaintHealth,
    InpaintStats,
    InpaintRefusal,
    User: UserObject,
    UserList,
    NewUser,
    ChangedUser,
    Key: KeyObject,
    KeyList,
    NewKey,
    MadeKey: MadeKeyObject,
    Usage: UsageObject,
    Session: SessionObject,
    SignIn,
    Delivery: DeliveryObject,
    DeliveryPage,
    Model: ModelObject,
    ModelList,
    Service,
    Readiness,
    Refusal: Detail,
    HTTPValidationError,
  }
  for (const [id, schema] of Object.entries(shared)) named.add(schema, { id })
  for (const { spec } of tools) {
    named.add(spec.params, { id: schemaName(spec, 'Params') })
    named.add(spec.result, { id: schemaName(spec, 'Result') })
  }
  const { schemas } = z.toJSONSchema(named, { uri, io: 'input' })
  return {
    schemas: withTools(Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)])), tools),
    refer: (schema) => {
      const name = named.get(schema)?.id
      return name ? { $ref: uri(name) } : bare(z.toJSONSchema(schema, { io: 'input' }))
    },
  }
}

const uri = (id: string): string => `#/components/schemas/${id}`

function bare({ $schema: _, $id: __, ...schema }: Json): Json {
  return schema
}

/** Says of a task's `params` and `result_data` what each tool takes and puts there. */
function withTools(schemas: Record<string, Json>, tools: readonly Tool[]): Record<string, Json> {
  const known = schemas.Task.properties as Record<string, Json>
  const each = (part: 'Params' | 'Result') => tools.map(({ spec }) => ({ $ref: uri(schemaName(spec, part)) }))
  const nothing = { type: 'object', title: 'Nothing yet', maxProperties: 0 }
  const properties = {
    ...known,
    params: { description: known.params.description, anyOf: each('Params') },
    result_data: { description: known.result_data.description, anyOf: [...each('Result'), nothing] },
  }
  return { ...schemas, Task: { ...schemas.Task, properties } }
}
