import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { registry } from '../../operators/registry'
import { toolTables } from './tool-tables'

const folder = join(import.meta.dirname, '../../docs/tools')
const BEGIN = '<!-- From the tool’s schema, by `npx vitest run test/docs --update`: -->'
const END = '<!-- End of what is made. -->'

describe.each(registry)('the page of $spec.id', ({ spec }) => {
  const path = join(folder, `${spec.id}.md`)

  test('has a page with the tool’s name', () => {
    expect(existsSync(path) && readFileSync(path, 'utf8').split('\n')[0]).toBe(`# ${spec.title}`)
  })

  test('lists the files, parameters, results and models that the tool has now', async () => {
    const text = readFileSync(path, 'utf8')
    const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)]
    expect(
      [before, after].every((at) => at > 0),
      `${spec.id}.md has no place for the tables`,
    ).toBe(true)
    const made = `${text.slice(0, before)}${BEGIN}\n\n${toolTables(spec)}\n\n${text.slice(after)}`
    await expect(made).toMatchFileSnapshot(path)
  })
})

test.each(['README.md', 'docs/README.md'])('%s leads to the page of every tool', (page) => {
  const text = readFileSync(join(folder, '../..', page), 'utf8')
  const missing = registry.filter(({ spec }) => !text.includes(`tools/${spec.id}.md)`)).map(({ spec }) => spec.id)
  expect(missing).toEqual([])
})

test('there is no page of a tool that is gone', () => {
  const pages = readdirSync(folder).filter((name) => name !== 'README.md')
  expect(pages.toSorted()).toEqual(registry.map(({ spec }) => `${spec.id}.md`).toSorted())
})
