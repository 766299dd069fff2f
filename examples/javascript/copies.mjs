import { call, sample, until } from './darkroom.mjs'

const added = await call('POST', '/api/v1/image', {
  name: 'page.jpg',
  file: await sample('page.jpg'),
  model_name: 'darkroom-copies',
})
const { id } = await added.json()

await until(
  ({ status }) => status === 'PROCESSED',
  async () => (await call('GET', `/api/v1/image/${id}`)).json(),
)

const found = await call('POST', '/api/v1/image/search?limit=1', { file: await sample('page-photo.jpg') })
const { matches } = await found.json()
console.log(matches[0]?.verdict, matches[0]?.probability)
