import { existsSync, readdirSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { readHeader } from '../../core/image-header'
import { darkroom, folderWith } from './support'

vi.setConfig({ testTimeout: 300_000 }) // processes that load models, on a machine that others load too

const CAR = 'test/fixtures/car.jpg'
const [FOLDER, PART] = ['public/samples/folder.png', 'public/samples/folder-part.png']

const headerOf = async (path: string) => readHeader(new Uint8Array(await readFile(path)))

describe('darkroom plates', () => {
  test('covers every photo of a pattern beside it, tells what it found, and exits with 1 when one cannot be read', async () => {
    const cwd = await folderWith(CAR)
    await writeFile(join(cwd, 'broken.jpg'), 'no picture')
    const { code, stdout, stderr } = await darkroom(['plates', '*.jpg', '--no-second-look', '--jobs', '1'], { cwd })
    expect(stderr).toMatch(/^broken\.jpg: Photo: /m)
    expect(stdout).toMatch(/^car\.jpg: plates found 1, plates covered 1, .*-> covered_car\.webp, receipt_car\.json/)
    expect(code).toBe(1)
    expect(await headerOf(join(cwd, 'covered_car.webp'))).toMatchObject({ format: 'webp' })
    expect(JSON.parse(await readFile(join(cwd, 'receipt_car.json'), 'utf8'))).toHaveProperty('model')
    expect(readdirSync(cwd).sort()).toEqual(['broken.jpg', 'car.jpg', 'covered_car.webp', 'receipt_car.json'])
  })

  test('stopped with Ctrl-C, it ends with 130 and leaves no file behind, whole or half', async () => {
    const cwd = await folderWith(CAR)
    const photo = await readFile(CAR)
    await Promise.all(Array.from({ length: 12 }, (_, i) => writeFile(join(cwd, `car${i}.jpg`), photo)))
    const before = readdirSync(cwd)
    const out = join(cwd, 'out')
    await mkdir(out)
    const { code } = await darkroom(['plates', '*.jpg', '--out', 'out', '--jobs', '1', '--no-second-look'], {
      cwd,
      onStart: (kill) => {
        const watch = setInterval(() => {
          if (readdirSync(out).length === 0) return // until it is in the middle of its work
          clearInterval(watch)
          kill('SIGINT')
        }, 5)
      },
    })
    expect(code).toBe(130)
    expect(readdirSync(cwd).sort()).toEqual([...before, 'out'].sort())
    const made = readdirSync(out)
    expect(made.length).toBeLessThan(24)
    for (const name of made) {
      expect(name).toMatch(/^(covered_car\d*\.webp|receipt_car\d*\.json)$/)
      if (name.endsWith('.json')) JSON.parse(await readFile(join(out, name), 'utf8'))
      else expect(await headerOf(join(out, name))).toMatchObject({ format: 'webp' })
    }
  })
})

describe('darkroom match template', () => {
  test('says in a line of JSON what it found, and writes its pictures where --out says', async () => {
    const cwd = await folderWith(FOLDER, PART)
    const args = ['match', 'template', 'folder.png', 'folder-part.png', '--threshold=0.95', '--json', '--out', 'found']
    const { code, stdout } = await darkroom(args, { cwd })
    const line = JSON.parse(stdout)
    expect([code, line]).toEqual([0, expect.objectContaining({ file: 'folder.png', ok: true })])
    expect(line.data.matches[0]).toMatchObject({ w: 64, h: 68, score: 1 })
    expect(line.files).toEqual([join('found', 'matches_folder.png'), join('found', 'heatmap_folder.png')])
    expect(line.files.every((file: string) => existsSync(join(cwd, file)))).toBe(true)
  })

  test('reads from the standard input and writes the picture, and nothing else, to the standard output', async () => {
    const cwd = await folderWith(PART)
    const stdin = await readFile(FOLDER)
    const args = ['match', 'template', '-', 'folder-part.png', '--out', '-']
    const { code, bytes, stderr } = await darkroom(args, { cwd, stdin })
    expect([code, readHeader(new Uint8Array(bytes))]).toEqual([0, expect.objectContaining({ format: 'png' })])
    expect(stderr).toContain('standard input: method TM_CCOEFF_NORMED, matches found 20')
    expect(readdirSync(cwd)).toEqual(['folder-part.png'])
  })

  test('leaves a file that is in the way as it is, until it is told to replace it', async () => {
    const cwd = await folderWith(FOLDER, PART)
    await writeFile(join(cwd, 'matches_folder.png'), 'mine')
    const args = ['match', 'template', 'folder.png', 'folder-part.png', '--out', '.']
    const refused = await darkroom(args, { cwd })
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--force')])
    expect(await readFile(join(cwd, 'matches_folder.png'), 'utf8')).toBe('mine')
    expect(existsSync(join(cwd, 'heatmap_folder.png'))).toBe(false)
    expect((await darkroom([...args, '--force'], { cwd })).code).toBe(0)
    expect(await headerOf(join(cwd, 'matches_folder.png'))).toMatchObject({ format: 'png' })
  })

  test('looks for one part in many pictures when a flag names it, and writes nothing unless it is asked to', async () => {
    const cwd = await folderWith(FOLDER, PART)
    await writeFile(join(cwd, 'again.png'), await readFile(FOLDER))
    const args = [
      'match',
      'template',
      'folder.png',
      'again.png',
      '--template',
      'folder-part.png',
      '--json',
      '--jobs',
      '1',
    ]
    const { code, stdout } = await darkroom(args, { cwd })
    const files = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).file)
    expect([code, files.sort()]).toEqual([0, ['again.png', 'folder.png']])
    expect(readdirSync(cwd).sort()).toEqual(['again.png', 'folder-part.png', 'folder.png'])
  })
})

test('darkroom copies tells which pictures are copies of each other', async () => {
  const cwd = await folderWith(CAR, 'test/fixtures/street.jpg')
  await writeFile(join(cwd, 'again.jpg'), await readFile(CAR))
  const { code, stdout } = await darkroom(['copies', '*.jpg', '--json', '--jobs', '1'], { cwd })
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    {
      files: ['again.jpg', 'car.jpg'],
      links: [{ a: 'again.jpg', b: 'car.jpg', verdict: 'same_file', probability: 1 }],
    },
  ])
})

test('a command line that is not understood ends with 2, and nothing on the output', async () => {
  const cwd = await folderWith(CAR)
  const { code, stdout, stderr } = await darkroom(['plates', 'car.jpg', '--treshold', '1'], { cwd })
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain("Unknown option '--treshold'\nTry: darkroom --help\n")
})
