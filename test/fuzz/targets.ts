import type { Route } from '../../server/api/route'
import { type Corpus, cloudCorpus, goodMask, mutantOf, pictureCorpora, withChecksums } from './files'
import { mutate, pick, type Random } from './mutate'
import { strangeJsonText, strangeText } from './texts'

/** Something that reads what strangers send: makes requests that it must not stumble over. */
export interface Target {
  readonly name: string
  request(random: Random): Sent
}

export interface Sent {
  readonly path: string
  readonly init: RequestInit
}

export async function allTargets(routes: readonly Route[]): Promise<Target[]> {
  const pictures = await pictureCorpora()
  const picture = pictures[1].files[0]
  const good = { picture, mask: await goodMask() }
  return [
    ...pictures.map((corpus) => pictureTarget(corpus, good)),
    cloudTarget(),
    maskTarget(good),
    multipartTarget(picture),
    fieldsTarget(picture, cloudCorpus().files[1]),
    jsonTarget(),
    queryTarget(routes),
    headersTarget(),
  ]
}

const file = (bytes: Uint8Array, name = 'file') => new File([Uint8Array.from(bytes)], name)

function post(path: string, parts: readonly (readonly [name: string, value: string | File])[]): Sent {
  const body = new FormData()
  for (const [name, value] of parts) body.append(name, value as string)
  return { path, init: { method: 'POST', body } }
}

interface Good {
  readonly picture: Uint8Array
  readonly mask: Uint8Array
}

/** Every way that a picture takes into the server: a task, an answer at once, the library. */
const WAYS: readonly ((mutant: File, good: Good) => Sent)[] = [
  (mutant, { picture }) =>
    post('/api/v1/match/template', [
      ['image', mutant],
      ['template', file(picture)],
    ]),
  (mutant, { picture }) =>
    post('/api/v1/match/template', [
      ['image', file(picture)],
      ['template', mutant],
    ]),
  (mutant) => post('/api/v1/image/search', [['file', mutant]]),
  (mutant, { mask }) => erase(mutant, file(mask)),
  (mutant) => post('/api/v1/detect', [['image', mutant]]),
]

const erase = (image: File, mask: File): Sent =>
  post('/api/v1/remove-watermark?engine=classic', [
    ['image', image],
    ['mask', mask],
  ])

const pictureTarget = (corpus: Corpus, good: Good): Target => ({
  name: corpus.name,
  request: (random) => pick(random, WAYS)(file(mutantOf(corpus, random), `x.${corpus.name}`), good),
})

function maskTarget({ picture, mask }: Good): Target {
  const corpus = { name: 'mask', files: [mask], repair: withChecksums }
  return { name: corpus.name, request: (random) => erase(file(picture), file(mutantOf(corpus, random))) }
}

function cloudTarget(): Target {
  const corpus = cloudCorpus()
  return {
    name: corpus.name,
    request(random) {
      const [mutant, good] = [file(mutantOf(corpus, random), 'x.ply'), file(pick(random, corpus.files), 'y.ply')]
      const [model, scene] = random() < 0.5 ? [mutant, good] : [good, mutant]
      return post('/api/v1/match/surface', [
        ['model_file', model],
        ['scene_file', scene],
      ])
    },
  }
}

const BOUNDARY = 'boundary'
const MULTIPART_WORDS = [
  ...[
    `--${BOUNDARY}`,
    `--${BOUNDARY}--`,
    '\r\n',
    '\r\n\r\n',
    '\n',
    '\u0000',
    'name="',
    'filename="',
    "filename*=UTF-8''%00",
    '"',
  ],
  ...[
    'Content-Disposition: form-data; ',
    'Content-Transfer-Encoding: base64\r\n',
    'Content-Type: multipart/mixed; boundary=b\r\n',
  ],
  ...[
    'name="__proto__"',
    'filename="../../x"',
    'filename="C:\\x.png"',
    `filename="${'a'.repeat(20_000)}"`,
    '; '.repeat(3000),
  ],
]

/** The body itself is spoilt. */
function multipartTarget(good: Uint8Array): Target {
  const disposition = (rest: string) => `--${BOUNDARY}\r\nContent-Disposition: form-data; ${rest}\r\n\r\n`
  const whole = Buffer.concat([
    Buffer.from(disposition('name="image"; filename="a.png"')),
    good,
    Buffer.from(`\r\n${disposition('name="template"; filename="b.png"')}`),
    good,
    Buffer.from(`\r\n${disposition('name="threshold"')}0.5\r\n--${BOUNDARY}--\r\n`),
  ])
  const types = [
    `multipart/form-data; boundary=${BOUNDARY}`,
    `multipart/form-data; boundary="${BOUNDARY}"; charset=utf-16`,
    'multipart/form-data',
    `multipart/form-data; boundary=${'b'.repeat(300)}`,
    'multipart/mixed; boundary=boundary',
  ]
  const paths = ['/api/v1/match/template', '/api/v1/process-task/', '/api/v1/batch', '/api/v1/image', '/embed']
  return {
    name: 'multipart',
    request(random) {
      const type = random() < 0.8 ? types[0] : pick(random, types)
      const headers = { 'content-type': type }
      const body = mutate(whole, random, [whole], MULTIPART_WORDS)
      return { path: random() < 0.6 ? paths[0] : pick(random, paths), init: { method: 'POST', headers, body } }
    },
  }
}

const QUAD = [{ x1: 1, y1: 1, x2: 9, y2: 1, x3: 9, y3: 5, x4: 1, y4: 5 }]
const STEPS = [
  { tool: 'template', params: { threshold: 0.8 } },
  { tool: 'feature', params: {} },
]

/** Forms of tools: where the file goes, and texts that belong into their fields. */
const FORMS: readonly { path: string; files: readonly string[]; fields: Readonly<Record<string, unknown>> }[] = [
  {
    path: '/api/v1/match/template',
    files: ['image', 'template'],
    fields: { threshold: 0.8, max_results: 5, method: 'x' },
  },
  { path: '/api/v1/match/feature', files: ['query_image', 'train_image'], fields: { ratio_threshold: 0.7 } },
  { path: '/api/v1/match/chain', files: ['image', 'template'], fields: { steps: STEPS } },
  {
    path: '/api/v1/plates/cover',
    files: ['image'],
    fields: { quads: QUAD, zones: [{ x: 0, y: 0, w: 1, h: 1 }], color: '#ff0000' },
  },
  {
    path: '/api/v1/process-task/',
    files: ['files', 'files'],
    fields: { quads: QUAD, dry_run: 'true', threshold: 0.5 },
  },
  {
    path: '/api/v1/batch',
    files: ['images', 'masks'],
    fields: { callback_url: 'http://203.0.113.1/', callback_secret: 'whsec_MTIz' },
  },
  { path: '/api/v1/image', files: ['file'], fields: { name: 'a.png', model_name: 'own-model' } },
  { path: '/api/v1/inpaint', files: ['image', 'mask'], fields: { engine: 'classic', margin: 3, seed: 1 } },
  { path: '/api/v1/watermark/find', files: ['image'], fields: { include: '["text"]', threshold: 0.5 } },
  { path: '/api/v1/match/surface', files: ['model_file', 'scene_file'], fields: { sampling: 0.05 } },
]

function fieldsTarget(picture: Uint8Array, cloud: Uint8Array): Target {
  const textOf = (random: Random, known: unknown) => {
    if (random() < 0.3) return typeof known === 'string' ? known : JSON.stringify(known)
    const isJson = typeof known === 'object' && random() < 0.7
    return (isJson ? strangeJsonText(random, known) : strangeText(random, [String(known)])).slice(0, 60_000)
  }
  return {
    name: 'fields',
    request(random) {
      const { path, files, fields } = pick(random, FORMS)
      const named = (name: string) =>
        file(name.endsWith('_file') ? cloud : picture, random() < 0.5 ? `${name}.png` : strangeText(random))
      const texts = Object.entries(fields).map(([name, known]) => [name, textOf(random, known)] as const)
      const more = random() < 0.3 ? [[strangeText(random), strangeText(random)] as const] : []
      return post(path, [...files.map((name) => [name, named(name)] as const), ...texts, ...more])
    },
  }
}

const BODIES: readonly { method: string; path: string; known: unknown }[] = [
  { method: 'PUT', path: '/api/v1/settings/template', known: { threshold: 0.9, max_results: 4 } },
  { method: 'PUT', path: '/api/v1/settings/template', known: { tool: 'template', params: { threshold: 0.9 } } },
  { method: 'PUT', path: '/api/v1/settings/plates', known: { quads: QUAD, style: 'solid' } },
  { method: 'PUT', path: '/api/v1/settings/inpaint', known: { engine: 'auto' } },
  { method: 'POST', path: '/api/v1/webhooks', known: { url: 'http://203.0.113.1/', secret: 'a secret' } },
  { method: 'POST', path: '/api/v1/session', known: { key: 'dk_x' } },
  {
    method: 'POST',
    path: '/api/v1/users',
    known: { name: 'somebody', plan: 'free', admin: false, limits: { quota: 3 } },
  },
  { method: 'PUT', path: '/api/v1/users/usr_none', known: { name: 'somebody', plan: 'pro' } },
  { method: 'POST', path: '/api/v1/keys', known: { user_id: 'usr_operator', name: 'a key' } },
  { method: 'POST', path: '/api/v1/image/1/processed', known: { result: ['2', '3'], embedding: [0.5, 0.5] } },
  { method: 'PUT', path: '/api/v1/image/1/ignored', known: { other_id: 2, ignored: true } },
]

const jsonTarget = (): Target => ({
  name: 'json',
  request(random) {
    const { method, path, known } = pick(random, BODIES)
    const headers = { 'content-type': 'application/json' }
    return { path, init: { method, headers, body: strangeJsonText(random, known) } }
  },
})

/** Every route that reads, with strange words in its path and query. */
function queryTarget(routes: readonly Route[]): Target {
  const reading = routes.filter(({ method, path }) => method === 'get' && !path.endsWith('/events'))
  return {
    name: 'query',
    request(random) {
      const { path, query } = pick(random, reading)
      const place = path.replaceAll(/\{\w+\}/g, () => encoded(random() < 0.3 ? '1' : strangeText(random)))
      const names = [...Object.keys(query?.shape ?? {}), strangeText(random).slice(0, 50)].filter(() => random() < 0.7)
      const texts = names.map((name) => `${encoded(name)}=${encoded(strangeText(random, ['10', 'UPLOADED', 'a']))}`)
      return { path: `${place}?${texts.join('&')}`.slice(0, 14_000), init: {} }
    },
  }
}

/** Lone surrogates have no encoding. */
const encoded = (text: string): string => encodeURIComponent(text.slice(0, 4000).replaceAll(/\p{Cs}/gu, ''))

const HEADERS = [
  'If-None-Match',
  'If-Range',
  'Range',
  'Accept',
  'Authorization',
  'X-API-Key',
  'Cookie',
  'Origin',
  'Content-Type',
]
const HEADERS_TOO = ['X-Forwarded-For', 'Forwarded', 'Last-Event-ID', 'Accept-Encoding', 'Content-Length', 'Host']

const headersTarget = (): Target => ({
  name: 'headers',
  request(random) {
    const names = [...HEADERS, ...HEADERS_TOO].filter(() => random() < 0.25)
    const headers = Object.fromEntries(names.map((name) => [name, headerText(strangeText(random, KNOWN_HEADERS))]))
    const path = pick(random, [
      '/api/v1/tasks',
      '/',
      '/openapi.json',
      '/api/v1/session',
      '/metrics',
      '/docs',
      '/api/v1/keys',
    ])
    return { path, init: { method: pick(random, ['GET', 'HEAD', 'POST', 'DELETE']), headers } }
  },
})

const KNOWN_HEADERS = [
  'bytes=0-1',
  'Bearer dk_x',
  'W/"abc", "def"',
  'darkroom_session=ds_x',
  '127.0.0.1',
  'text/html;q=0.5',
]

/** What an HTTP server lets through as the value of a header. */
const headerText = (text: string): string =>
  text
    .replaceAll(/[^\t\x20-\x7e]/g, '')
    .slice(0, 8000)
    .trim()
