import { writeFile } from 'node:fs/promises'
import { call, sample } from './darkroom.mjs'

// A file `mask` would say what is to go, white on black; without it a watermark is looked for.
const erased = await call('POST', '/api/v1/remove-watermark?engine=classic', { image: await sample('watermarked.jpg') })
await writeFile('clean.png', Buffer.from(await erased.arrayBuffer()))
console.log(erased.headers.get('X-Watermark-Found'))
