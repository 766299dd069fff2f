import sharp from 'sharp'
import type { Sent } from './targets'

/** A picture that is whole, whose answer needs a compute process and the database. */
export async function goodRequest(): Promise<Sent> {
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#345' } })
    .png()
    .toBuffer()
  const body = new FormData()
  body.append('file', new File([Uint8Array.from(picture)], 'good.png'))
  return { path: '/api/v1/image/search', init: { method: 'POST', body } }
}
