import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { commands } from '../../cli/commands'
import { COMMON_FLAGS, flagOf, parseFlags } from '../../cli/flags'
import { main } from '../../cli/main'
import { readParams } from '../../cli/params'
import { ProgressBar } from '../../cli/progress-bar'
import { coverPlates } from '../../operators/cover-plates/spec'
import { registry } from '../../operators/registry'
import { VERSION } from '../../server/api/version'
import { folderWith } from './support'

const CAR = 'test/fixtures/car.jpg'
const said = { out: vi.spyOn(console, 'log'), err: vi.spyOn(console, 'error') }
for (const spy of Object.values(said)) spy.mockImplementation(() => {})
afterEach(() => vi.clearAllMocks())

const invoke = (args: readonly string[], cwd = '.') => main({ args, cwd, signal: new AbortController().signal })
const texts = (spy: typeof said.out) => spy.mock.calls.map(([text]) => String(text)).join('\n')

describe('a command line that is not understood', () => {
  test.each([
    [['platse', 'a.jpg'], 'There is no command "platse"'],
    [['match'], 'darkroom match template, darkroom match feature'],
    [['plates'], 'Name photo (or --image)'],
    [['match', 'template', 'car.jpg'], 'Name image (or --image), then template (or --template); not 1 files'],
    [['plates', 'nothing.jpg'], 'There is no file "nothing.jpg"'],
    [['plates', '*.tiff'], 'No file matches "*.tiff"'],
    [['plates', '.'], 'is a folder'],
    [['plates', '-', '-'], 'Only one file can be the standard input'],
    [
      ['plates', 'car.jpg', '--threshold', '7', '--style', 'none'],
      '--threshold: Input should be less than or equal to 0.95; --style: ',
    ],
    [['match', 'chain', 'car.jpg', 'car.jpg'], '--steps is needed'],
    [['plates', 'car.jpg', 'car.jpg', '--out', 'one.webp'], 'name a folder'],
    [['copies', 'fingerprint', 'car.jpg', '--out', '-'], 'makes no files'],
    [['copies', 'car.jpg'], 'Name two pictures or more'],
    [['plates', 'car.jpg', '--key', 'x'], '--key goes with --server'],
    [['plates', 'car.jpg', '--jobs', '0'], '--jobs must be a whole number'],
    [['plates', 'car.jpg', '--server', 'nowhere'], '--server must be an address'],
  ])('%j ends with 2 and says what would be right', async (args, words) => {
    const cwd = await folderWith(CAR)
    expect([await invoke(args, cwd), texts(said.err)]).toEqual([2, expect.stringContaining(words)])
    expect(texts(said.out)).toBe('')
  })
})

describe.each(registry)('$spec.id', ({ spec }) => {
  test('has a command, and help that names every file and parameter', async () => {
    const name = commands.find((command) => command.spec === spec)?.name ?? ''
    expect(await invoke([...name.split(' '), '--help'])).toBe(0)
    const flags = [...spec.inputs.map((slot) => slot.name), ...Object.keys(spec.params.shape)].map(flagOf)
    for (const flag of flags) expect(texts(said.out)).toMatch(new RegExp(`--(no-)?${flag}\\b`))
  })

  test('has no parameter or file whose flag means something else', () => {
    const flags = [...Object.keys(spec.params.shape), ...spec.inputs.map(({ name }) => name)].map(flagOf)
    expect(flags.filter((flag) => COMMON_FLAGS.includes(flag))).toEqual([])
  })

  test('takes its own defaults', () => {
    const asked = (spec.required ?? []).map((name) => [name, JSON.stringify(spec.params.parse({})[name])] as const)
    expect(readParams(spec, asked)).toEqual(spec.params.parse({}))
  })
})

test.each([
  [['--help'], 'match template'],
  [['copies', '--help'], 'darkroom copies compare'],
  [['--version'], VERSION],
])('%j is answered on the output', async (args, words) => {
  expect([await invoke(args), texts(said.out)]).toEqual([0, expect.stringContaining(words)])
})

test('every command is named once, and by what people would type', () => {
  const names = commands.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toEqual(
    expect.arrayContaining(['plates', 'inpaint', 'match template', 'match chain', 'copies compare']),
  )
})

test('the beginning of a word is enough where only one command begins so', async () => {
  expect([await invoke(['embed', '--help']), texts(said.out)]).toEqual([
    0,
    expect.stringContaining('--include-attributes'),
  ])
})

describe('flags', () => {
  const paramsOf = (args: readonly string[], cwd = '.') =>
    readParams(coverPlates, parseFlags(args, coverPlates, cwd).texts)

  test('are read as what their parameter is', () => {
    expect(paramsOf(['--threshold', '0.5', '--dry-run', '--no-second-look', '--style=blur'])).toMatchObject({
      ...{ threshold: 0.5, dry_run: true, second_look: false, style: 'blur' },
    })
  })

  test('take lists as JSON, and from a file', async () => {
    const zones = [{ x: 0, y: 0, w: 0.5, h: 1 }]
    const cwd = await folderWith()
    await writeFile(join(cwd, 'zones.json'), JSON.stringify(zones))
    expect(paramsOf(['--zones', JSON.stringify(zones)])).toMatchObject({ zones })
    expect(paramsOf(['--zones', '@zones.json'], cwd)).toMatchObject({ zones })
  })
})

describe('the progress bar', () => {
  const terminal = (isTTY: boolean) => {
    const written: string[] = []
    return { written, isTTY, columns: 40, write: (text: string) => written.push(text) }
  }

  test('is one line that is written over, never wider than the terminal', () => {
    const shown = terminal(true)
    const bar = new ProgressBar(shown, false)
    bar.show(0.5, `3/6 ${'long'.repeat(20)}.jpg`)
    bar.show(0.5, `3/6 ${'long'.repeat(20)}.jpg`)
    bar.clear()
    expect(shown.written).toEqual([expect.stringMatching(/^\r.{3}\[############------------\] 3\/6 /), '\r\u001b[K'])
    expect(shown.written[0].length - '\r\u001b[K'.length).toBeLessThan(40)
  })

  test.each([
    ['where nobody looks', false, false],
    ['when it is not wanted', true, true],
  ])('is not drawn %s', (_, isTTY, isQuiet) => {
    const hidden = terminal(isTTY)
    const bar = new ProgressBar(hidden, isQuiet)
    bar.show(0.5, 'half')
    bar.clear()
    expect(hidden.written).toEqual([])
  })
})
