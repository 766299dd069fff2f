import { call, sample } from './darkroom.mjs'

const face = await call('POST', '/embed?include_attributes=true', { file: await sample('face.jpg') })
const { embedding, attributes } = await face.json()
console.log(embedding.length, attributes)

const compared = await call('POST', '/api/v1/faces/compare?false_match_rate=0.001', {
  file1: await sample('face.jpg'),
  file2: await sample('portrait.jpg'),
})
const { cosine, same_person } = await compared.json()
console.log(cosine, same_person)
