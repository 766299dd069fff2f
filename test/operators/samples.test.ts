import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseParams } from '../../operators/params'
import { registry } from '../../operators/registry'

const root = join(import.meta.dirname, '../../public')

describe.each(registry)('$spec.id', ({ spec }) => {
  test('has a sample, by which the page shows what it does and measures how long it takes', () => {
    expect(spec.samples.length).toBeGreaterThan(0)
  })

  test.each(spec.samples)(
    '$title: its files are there, for every slot that is needed, and its settings are valid',
    ({ files, pictures = {}, params = {} }) => {
      const paths = [...Object.values(files), ...Object.values(pictures)]
      expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
      const slots = spec.inputs.map(({ name }) => name)
      expect(slots).toEqual(expect.arrayContaining(Object.keys(files)))
      const needed = spec.inputs.filter(({ optional }) => !optional).map(({ name }) => name)
      expect(Object.keys(files)).toEqual(expect.arrayContaining(needed))
      expect(() => parseParams(spec, params)).not.toThrow()
    },
  )
})
