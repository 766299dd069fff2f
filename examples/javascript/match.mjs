import { writeFile } from 'node:fs/promises'
import { call, sample, until } from './darkroom.mjs'

const sent = await call('POST', '/api/v1/match/template', {
  image: await sample('folder.png'),
  template: await sample('folder-part.png'),
  threshold: 0.9,
})
const { uid } = await sent.json()

const task = await until(
  ({ status }) => status === 'done' || status === 'error',
  async () => (await call('GET', `/api/v1/tasks/${uid}`)).json(),
)
if (task.error) throw new Error(task.error)

console.log(task.result_data.matches_found)
const picture = await call('GET', `/results/${uid}/matches.png`)
await writeFile('matches.png', Buffer.from(await picture.arrayBuffer()))
