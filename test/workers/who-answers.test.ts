import { expect, test } from 'vitest'
import { type Answerer, taskInPath, whoAnswers } from '../../workers/who-answers'

const origin = 'https://darkroom.example'
const forServer = { 'x-darkroom-place': 'server' }

interface Situation {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly isPrivate?: boolean
  readonly isOurTask?: boolean
}

function ask(path: string, { method = 'GET', headers = {}, isPrivate = false, isOurTask = false }: Situation = {}) {
  const request = { url: new URL(path, origin).href, method, headers: new Headers(headers) }
  return whoAnswers({ request, origin, isPrivate, isOurTask })
}

test.each<[string, string, Situation, Answerer]>([
  ['a page is the browser’s', '/tools/match-template', {}, 'browser'],
  ['a script is the browser’s', '/_next/static/a.js', {}, 'browser'],
  ['a call goes to the network first', '/api/v1/match/template', { method: 'POST' }, 'network-then-device'],
  [
    'a call meant for the server goes there only',
    '/api/v1/match/template',
    { method: 'POST', headers: forServer },
    'network',
  ],
  ['a task of this device is answered here', '/api/v1/tasks/x', { isOurTask: true }, 'device'],
  ['a service question by Accept is a call', '/', { headers: { accept: 'application/json' } }, 'network-then-device'],
  ['the page at / is the browser’s', '/', { headers: { accept: 'text/html' } }, 'browser'],
  ['in private mode calls are answered here', '/api/v1/match/template', { method: 'POST', isPrivate: true }, 'device'],
  [
    'in private mode nothing is sent to the server by force',
    '/api/v1/match/template',
    { method: 'POST', headers: forServer, isPrivate: true },
    'nobody',
  ],
  [
    'in private mode reads of tasks are answered here',
    '/api/v1/tasks',
    { headers: forServer, isPrivate: true },
    'device',
  ],
  ['a model comes from the server, which has it', '/models/a/a.onnx', {}, 'network'],
  ['in private mode models still come', '/models/a/a.onnx', { isPrivate: true }, 'network'],
  ['in private mode pages still load', '/tools/match-template', { isPrivate: true }, 'browser'],
])('%s', (_, path, situation, answerer) => {
  expect(ask(path, situation)).toBe(answerer)
})

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  'in private mode no %s reaches the network, to this origin or another',
  (method) => {
    for (const path of [
      '/',
      '/collect',
      '/api/v1/tasks/x',
      '/_next/x',
      '/models/a/a.onnx',
      'https://elsewhere.example/collect',
    ]) {
      for (const headers of [{}, forServer]) {
        expect(['device', 'nobody']).toContain(ask(path, { method, headers, isPrivate: true, isOurTask: true }))
      }
    }
  },
)

test('the task is found in the paths that have one', () => {
  const uid = '0b1f7a3e-4b0e-4c87-9d5e-0f6f4d1c2a3b'
  for (const path of [`/api/v1/tasks/${uid}`, `/api/v1/tasks/${uid}/events`, `/results/${uid}/heatmap.png`]) {
    expect(taskInPath(path)).toBe(uid)
  }
  expect(taskInPath('/api/v1/tasks')).toBeUndefined()
  expect(taskInPath(`/other/${uid}`)).toBeUndefined()
})
