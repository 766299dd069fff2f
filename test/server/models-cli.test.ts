import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { manifest } from '../../models/manifest'
import { runCommand } from '../../server/models/cli/run-command'
import { FETCH_MS, MODEL_CACHE } from '../models/model-cache'
import { temporaryFolder } from './support'

const RESEARCH = 'antelopev2-glint360k'

/** Runs a command line; `answer` is what the user types when asked. */
async function models(line: string, cache: string, answer?: string) {
  const printed: string[] = []
  const terminal = { print: (text: string) => void printed.push(text), progress: () => {}, ask: async () => answer }
  const config = { cache, folder: undefined, acceptLicences: [], fetchDefaults: true }
  const code = await runCommand(line.split(' ').filter(Boolean), config, terminal)
  return { code, said: printed.join('\n') }
}

describe('npm run models', { timeout: FETCH_MS }, () => {
  test('lists every model with its size, state and licence', async () => {
    const { code, said } = await models('', await temporaryFolder())
    expect(code).toBe(0)
    for (const { id } of manifest) expect(said).toMatch(new RegExp(`^${id} `, 'm'))
    expect(said).toMatch(/^faceplugin-fr-feature +face-embedding +4\.9 MB +absent +MIT +of the install$/m)
    expect(said).toMatch(/^antelopev2-glint360k .* InsightFace model licence \(has to be accepted\)$/m)
  })

  test('fetches a model from its package, verifies and removes it', async () => {
    const cache = await temporaryFolder()
    expect(await models('fetch blazeface-front', cache)).toEqual({
      code: 0,
      said: `blazeface-front is here: ${join(cache, 'blazeface-front')}`,
    })
    expect(await models('verify blazeface-front', cache)).toEqual({
      code: 0,
      said: 'blazeface-front is as it should be',
    })
    expect(await models('remove blazeface-front', cache)).toEqual({ code: 0, said: 'blazeface-front is removed' })
    expect(await models('verify blazeface-front', cache)).toEqual({ code: 1, said: 'blazeface-front is absent' })
  })

  test('fetches the models of the install in one go', async () => {
    const { code, said } = await models('fetch defaults', MODEL_CACHE)
    expect(code).toBe(0)
    for (const { id } of manifest.filter((model) => model.default)) expect(said).toContain(`${id} is here`)
  })

  test('fails and says why when a file is not as it should be', async () => {
    const cache = await temporaryFolder()
    await mkdir(join(cache, 'blazeface-front'))
    await writeFile(join(cache, 'blazeface-front', 'face_detection_front_128x128_barracuda.onnx'), 'no model')
    const { code, said } = await models('verify', cache)
    expect(code).toBe(1)
    expect(said).toMatch(/^blazeface-front is quarantined: .* has 8 bytes in place of the 442005/m)
  })

  test('shows a licence, remembers that it was accepted, and fetches nothing under it before', async () => {
    const cache = await temporaryFolder()
    expect(await models(`fetch ${RESEARCH}`, cache)).toMatchObject({
      code: 3,
      said: expect.stringContaining('InsightFace'),
    })
    const shown = expect.stringContaining('non-commercial research only')
    expect(await models(`accept ${RESEARCH}`, cache, 'no')).toMatchObject({ code: 3, said: shown })
    expect(await models(`accept ${RESEARCH}`, cache)).toMatchObject({ code: 3 })
    expect((await models('list', cache)).said).toMatch(/has to be accepted/)
    expect(await models(`accept ${RESEARCH}`, cache, 'yes')).toMatchObject({ code: 0, said: shown })
    expect((await models('list', cache)).said).not.toMatch(/has to be accepted/)
  })

  test.each([
    ['fetch none', 'There is no model "none".'],
    ['fetch', 'Usage: npm run models'],
    ['dance', 'Usage: npm run models'],
    ['list everything', 'There is no model "everything".'],
  ])('does not understand %j, and says what would be right', async (line, words) => {
    const { code, said } = await models(line, await temporaryFolder())
    expect(code).toBe(2)
    expect(said).toContain(words)
  })
})
