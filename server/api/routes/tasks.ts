import * as z from 'zod'
import { ToolError } from '../../../core/errors'
import type { Tool } from '../../../operators/registry'
import { visibleTo } from '../access/visible'
import { TaskObject, TaskPage, toTaskObject } from '../contracts/matching'
import type { Engine } from '../engine'
import { defineRoute, type Route } from '../route'
import { TaskId } from '../task'

export const OneTask = z.object({ uid: TaskId.meta({ description: 'As the POST answered it' }) })

/** Which part of a list to answer. */
export const Page = z.object({
  offset: z.int().min(0).default(0).meta({ description: 'How many of the newest to skip' }),
  limit: z.int().min(1).max(200).default(50).meta({ description: 'Most entries in the answer' }),
})

export const taskNotFound = (): ToolError => new ToolError('not-found', 'Task not found')

export const taskRoutes = (engine: Engine, tools: readonly Tool[]): readonly Route[] => [
  list(engine, tools),
  read(engine, tools),
  cancel(engine, tools),
]

function list(engine: Engine, tools: readonly Tool[]): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/tasks',
    query: Page,
    operation: {
      id: 'listTasks',
      tag: 'Tasks',
      summary: 'List tasks',
      description: 'Newest first.',
      answers: { 200: { description: 'A page of tasks', schema: TaskPage } },
      shell: 'curl "$HOST/api/v1/tasks?offset=0&limit=50"',
    },
    handle: async (c, { query }) => {
      const { total, tasks } = await visibleTo(c, engine).list(query)
      return c.json({ total, tasks: tasks.map((task) => toTaskObject(task, tools)) })
    },
  })
}

function read(engine: Engine, tools: readonly Tool[]): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/tasks/{uid}',
    params: OneTask,
    operation: {
      id: 'getTask',
      tag: 'Tasks',
      summary: 'Read a task',
      description: 'Ask again until `status` is `done` or `error`, or listen to the events of the task instead.',
      answers: { 200: { description: 'The task', schema: TaskObject } },
      refusals: [404],
      shell: 'curl $HOST/api/v1/tasks/$UID',
    },
    handle: async (c, { params }) => {
      const task = await visibleTo(c, engine).find(params.uid)
      if (!task) throw taskNotFound()
      return c.json(toTaskObject(task, tools))
    },
  })
}

function cancel(engine: Engine, tools: readonly Tool[]): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/v1/tasks/{uid}',
    params: OneTask,
    operation: {
      id: 'cancelTask',
      tag: 'Tasks',
      summary: 'Cancel a task',
      description:
        'Stops a task that is queued or processing and answers it as it then is: `status` `error`, `error_code` `canceled`. The task stays in the list until it expires.',
      answers: { 200: { description: 'The canceled task', schema: TaskObject } },
      refusals: [404, 409],
      shell: 'curl -X DELETE $HOST/api/v1/tasks/$UID',
    },
    handle: async (c, { params }) => {
      const task = await visibleTo(c, engine).cancel(params.uid)
      if (!task) throw taskNotFound()
      return c.json(toTaskObject(task, tools))
    },
  })
}
