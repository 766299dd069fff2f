import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import openApi from '../../server/api/openapi/openapi.json' with { type: 'json' }

const root = resolve(import.meta.dirname, '../..')
const NOT_OURS = new Set(['node_modules', 'data', 'test-results', 'shared'])
const FOLDERS = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !NOT_OURS.has(entry.name))
  .map(({ name }) => name)

const pages = ['.', ...FOLDERS].flatMap(markdownIn)
const read = (page: string) => readFileSync(join(root, page), 'utf8')
const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))

test('there are pages to check', () => expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/README.md'])))

describe.each(pages)('%s', (page) => {
  const text = read(page)

  test('its links lead to files that are there, and to headings that they have', () => {
    const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target)
    const broken = links.filter((target) => !/^(https?:|mailto:|data:)/.test(target) && !leadsSomewhere(page, target))
    expect(broken).toEqual([])
  })

  test('the scripts that it names are those of package.json', () => {
    const named = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  test('the files of the repository that it names are there', () => {
    const spans = [...text.matchAll(/`([\w.[\]-]+\/[\w./[\]-]*)`/g)].map(([, path]) => path)
    const sent = [...text.matchAll(/[=<]@([\w-]+\/[\w./-]+)/g)].map(([, path]) => path)
    const ours = [...spans, ...sent].filter((path) => FOLDERS.includes(path.split('/')[0]) && !path.includes('my-tool'))
    expect(ours.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('every call that it shows is one of the API', () => {
    expect(calls(text).filter((call) => !isInApi(call))).toEqual([])
  })
})

function markdownIn(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
  return entries
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => join(folder, name))
}

const withoutCode = (text: string): string => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')

function leadsSomewhere(page: string, target: string): boolean {
  const [path, heading] = decodeURI(target).split('#')
  const file = path ? join(dirname(page), path) : page
  if (relative('.', file).startsWith('..') || !existsSync(join(root, file))) return false
  return heading === undefined || headingsOf(read(file)).includes(heading)
}

/** As GitHub makes anchors of headings. */
const headingsOf = (text: string): string[] =>
  [...text.replace(/```[\s\S]*?```/g, '').matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

interface Call {
  readonly method: string
  readonly path: string
}

/** The curl commands in a page, those over several lines too. */
function calls(text: string): Call[] {
  const commands = text.replaceAll('\\\n', ' ').matchAll(/^\s*curl (.*)$/gm)
  return [...commands].flatMap(([, command]) => {
    const path = /https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?(\/[^\s"'?#]*)/.exec(command)?.[1]
    return path === undefined ? [] : [{ method: methodOf(command), path }]
  })
}

function methodOf(command: string): string {
  const named = /(?:-X|--request) ?(\w+)/.exec(command)?.[1]
  return (named ?? (/ -(?:F|d|-data\S*|-form) /.test(` ${command}`) ? 'post' : 'get')).toLowerCase()
}

/** A parameter of a path stands for one segment: a name in braces, or a value. */
function isInApi({ method, path }: Call): boolean {
  const asked = path.replace(/\/$/, '').split('/')
  return Object.entries(openApi.paths).some(([known, methods]) => {
    const segments = known.split('/')
    const fits = (segment: string, at: number) => segment === asked[at] || /^\{.*\}$/.test(segment)
    return method in methods && segments.length === asked.length && segments.every(fits)
  })
}
