import { writeFile } from 'node:fs/promises'
import { call, sample, until } from './darkroom.mjs'

const sent = await call('POST', '/api/v1/process-task', {
  files: await sample('car.jpg'),
  style: 'blur',
  format: 'jpeg',
})
const { task_id } = await sent.json()

const task = await until(
  ({ status }) => status === 'completed' || status === 'failed',
  async () => (await call('GET', `/api/v1/task-status/${task_id}`)).json(),
)
if (task.error) throw new Error(task.error)

for (const { filename, error } of task.results) {
  if (error) throw new Error(`${filename}: ${error}`)
  const photo = await call('GET', `/tasks_storage/${task_id}/output/${filename}`)
  await writeFile(filename, Buffer.from(await photo.arrayBuffer()))
  console.log(filename)
}
