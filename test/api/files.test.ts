import { describe, expect, test } from 'vitest'
import { form, png, queued, RUN, service, UNKNOWN_UID } from './support'

async function finished(file = png('matches.png')) {
  const host = service()
  const { uid } = await queued(host)
  host.engine.succeed(uid, {}, [file])
  const path = `/results/${uid}/${file.name}`
  return { ...host, uid, path, get: (init?: RequestInit) => host.app.request(path, init) }
}

describe('files of a task', () => {
  test('are served under every path that the task lists', async () => {
    const { app, uid } = await finished()
    const task = await (await app.request(`/api/v1/tasks/${uid}`)).json()
    for (const path of [...task.input_files, ...task.thumbnails, ...task.result_files]) {
      const response = await app.request(`/${path}`)
      expect([path, response.status, response.headers.get('Content-Type')]).toEqual([path, 200, 'image/png'])
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([137, 80, 78, 71]))
    }
  })

  test('can do nothing in a browser but be shown', async () => {
    const { get } = await finished()
    const { headers } = await get()
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Content-Security-Policy')).toContain('sandbox')
    expect(headers.get('Content-Disposition')).toBe("inline; filename*=UTF-8''matches.png")
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
  })

  test.each(['text/html', 'image/svg+xml', ''])('of type "%s" are a download', async (type) => {
    const { get } = await finished(new File(['<script>alert(1)</script>'], 'page.html', { type }))
    const { headers } = await get()
    expect(headers.get('Content-Type')).toBe('application/octet-stream')
    expect(headers.get('Content-Disposition')).toMatch(/^attachment;/)
  })

  test('are not sent again to who has them', async () => {
    const { get, engine } = await finished()
    const etag = (await get()).headers.get('ETag') as string
    const open = engine.openStreams
    const response = await get({ headers: { 'If-None-Match': `"other", W/${etag}` } })
    expect(response.status).toBe(304)
    expect(engine.openStreams).toBe(open)
  })

  test('asked for by HEAD are not left open', async () => {
    const { get, engine } = await finished()
    const response = await get({ method: 'HEAD' })
    expect(response.headers.get('Content-Length')).toBe('4')
    expect(engine.openStreams).toBe(0)
  })

  test('keep a name of any script', async () => {
    const { app } = service()
    const names = { image: png('снимок экрана.png'), template: png('图标.png') }
    const { uid, input_files } = await (await app.request(RUN, form(names))).json()
    expect(input_files.map(decodeURI)).toEqual([`uploads/${uid}/снимок_экрана.png`, `uploads/${uid}/图标.png`])
    for (const path of input_files) {
      expect(path).toMatch(/^[!-~]+$/)
      expect((await app.request(`/${path}`)).status).toBe(200)
    }
  })

  test('of one name do not overwrite each other', async () => {
    const { app } = service()
    const same = { image: png('a.png'), template: png('A.PNG') }
    const { uid, input_files } = await (await app.request(RUN, form(same))).json()
    expect(input_files).toEqual([`uploads/${uid}/a.png`, `uploads/${uid}/A_2.PNG`])
  })

  test('with a name that leads elsewhere are kept under a harmless one', async () => {
    const { app } = service()
    const names = { image: png('../../etc/passwd'), template: png('"><script>alert(1)<img src=x>.png') }
    const { uid, input_files } = await (await app.request(RUN, form(names))).json()
    expect(input_files).toEqual([`uploads/${uid}/passwd`, `uploads/${uid}/_script_alert(1)_img_src_x_.png`])
  })
})

describe('a file that there is not', () => {
  test.each([
    `/results/${UNKNOWN_UID}/matches.png`,
    `/uploads/${UNKNOWN_UID}/..%2f..%2fsecret`,
    `/uploads/${UNKNOWN_UID}/..%5csecret`,
    `/uploads/${UNKNOWN_UID}/.hidden`,
    `/uploads/${UNKNOWN_UID}/%E0%A4%A`,
  ])('%s is a 404', async (path) => {
    const { app } = service()
    const response = await app.request(path)
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ detail: 'File not found' })
  })

  test.each(['/results/42/matches.png', `/uploads/${UNKNOWN_UID}/%00`])(
    '%s, which no file can be called, is a 422',
    async (path) => {
      expect((await service().app.request(path)).status).toBe(422)
    },
  )
})
