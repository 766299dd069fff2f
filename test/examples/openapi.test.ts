import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { callsIn } from './calls'
import { complaintsAbout, type Paths } from './complaints'

const { paths } = JSON.parse(readFileSync('server/api/openapi/openapi.json', 'utf8')) as { paths: Paths }

const LANGUAGES = ['curl', 'go', 'java', 'javascript', 'php', 'python']
const FAMILIES = ['match', 'plates', 'faces', 'inpaint', 'copies']

const programs = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .map((name) => join('examples', name))
  .filter((path) => /\.(sh|mjs|py|php|go|java)$/.test(path) && !/darkroom\.\w+$/i.test(path))
  .sort()

test('there is an example of each family in each language', () => {
  const named = programs.map((path) => {
    const [, language, family] = path.toLowerCase().split(/[/\\.]/)
    return `${language} ${family}`
  })
  const wanted = LANGUAGES.flatMap((language) => FAMILIES.map((family) => `${language} ${family}`))
  expect(named.sort()).toEqual(wanted.sort())
})

describe.each(programs)('%s', (path) => {
  test('calls what the OpenAPI document describes, with its fields', () => {
    const calls = callsIn(readFileSync(path, 'utf8'), extname(path).slice(1))
    expect(calls.length).toBeGreaterThan(0)
    expect(calls.flatMap((call) => complaintsAbout(call, paths))).toEqual([])
  })
})

test('examples of one family make the same calls in every language', () => {
  for (const family of FAMILIES) {
    const made = programs
      .filter((path) => path.toLowerCase().includes(`/${family}`))
      .map((path) => callsIn(readFileSync(path, 'utf8'), extname(path).slice(1)))
    const routes = made.map((calls) =>
      calls.map(({ method, path, fields }) => `${method} ${path.replace(/output\/.*/, '')} ${fields}`),
    )
    for (const one of routes) expect([family, one]).toEqual([family, routes[0]])
  }
})

describe('an example that is wrong is found out', () => {
  test.each([
    [
      'mjs',
      "await call('POST', '/api/v1/match/templates', { image: await sample('a.png') })",
      'POST /api/v1/match/templates is not described',
    ],
    ['mjs', "await call('PUT', '/api/v1/tasks/' + uid)", 'PUT /api/v1/tasks/* is not described'],
    [
      'py',
      'call("POST", "/embed?normalise=true", {"file": sample("a.jpg")})',
      'POST /embed: normalise is no part of the query',
    ],
    [
      'php',
      "call('POST', '/api/v1/image', ['name' => 'a', 'file' => sample('a.jpg')])",
      'POST /api/v1/image: model_name is missing',
    ],
    ['go', 'Call("GET", "/api/v1/task/"+uid)', 'GET /api/v1/task/* is not described'],
    [
      'java',
      'Darkroom.call("POST", "/api/v1/process-task", Darkroom.sample("file", "a.jpg"))',
      'POST /api/v1/process-task: file is no field',
    ],
    [
      'sh',
      'curl -F picture=@a.png "$SERVER/api/v1/remove-watermark"',
      'POST /api/v1/remove-watermark: image is missing',
    ],
  ])('in %s: %s', (extension, source, complaint) => {
    expect(callsIn(source, extension).flatMap((call) => complaintsAbout(call, paths))).toContain(complaint)
  })
})
