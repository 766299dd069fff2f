import { expect, test } from 'vitest'
import { backendsOf, benchTool, jobsOf } from '../../app/bench/bench-tool'
import { reportCsv, reportJson, reportText } from '../../app/bench/export-report'
import { allCards } from '../../app/tools/all-cards'
import { registry } from '../../operators/registry'
import { browserName } from '../../workers/bench/device-facts'
import { readReport } from '../../workers/bench/read-report'
import { BENCH_FORMAT, type BenchReport, median } from '../../workers/bench/report'

const conditions = { in_background: false, on_battery: null }

const report: BenchReport = {
  format: BENCH_FORMAT,
  made_at: '2026-03-01T12:00:00.000Z',
  device: {
    ...{ browser: 'Chrome 147', system: 'Linux', cores: 8, memory_gib: 8, gpu: 'nvidia ampere' },
    ...{ wasm_simd: true, threads: true, core_speed: 0.9 },
  },
  results: [
    {
      ...{ tool: 'match-template', backend: 'wasm', computed_by: 'WASM SIMD', ...conditions },
      ...{ model_load_ms: 0, first_ms: 310.4, warm_ms: [42, 40, 47], median_ms: 42, memory_bytes: 61_400_000 },
    },
    {
      ...{ tool: 'embed-face', backend: 'webgpu', ...conditions },
      error: { code: 'model-unavailable', message: 'The model is missing, and this device is offline' },
    },
  ],
}

test('every tool of the registry is measured, on the GPU only where it runs models and there is one', async () => {
  const tools = (await allCards()).flatMap(benchTool)
  expect(tools.map(({ id }) => id)).toEqual(registry.map(({ spec }) => spec.id))
  expect(new Set(jobsOf(tools, false).map(({ backend }) => backend))).toEqual(new Set(['wasm']))
  for (const tool of tools) {
    expect(backendsOf(tool, true)).toEqual(tool.usesModels ? ['wasm', 'webgpu'] : ['wasm'])
  }
})

test('a report is read back as it was exported', () => {
  expect(readReport(reportJson(report))).toEqual(report)
})

test.each([
  ['no JSON', 'pictures', 'This is no JSON'],
  ['another JSON', '{"format":"groups"}', 'format: '],
  ['a time that is none', reportJson(report).replace('310.4', '"soon"'), 'results.0: '],
])('%s is refused, saying what is wrong', (_, text, sentence) => {
  expect(() => readReport(text)).toThrow(sentence)
})

test('a table has a line for each tool and backend, failures among them', () => {
  const [head, first, second, ...rest] = reportCsv(report)
    .split('\r\n')
    .map((line) => line.split(','))
  expect(rest).toEqual([])
  const line = (cells: readonly string[]) => Object.fromEntries(head.map((name, column) => [name, cells[column]]))
  expect(line(first)).toMatchObject({ tool: 'match-template', median_ms: '42', min_ms: '40', max_ms: '47', cores: '8' })
  expect(line(second)).toMatchObject({ tool: 'embed-face', backend: 'webgpu', median_ms: '' })
  expect(reportCsv(report)).toContain('"The model is missing, and this device is offline"')
})

test('as text it names the device, and aligns the figures', () => {
  const [title, device, , head, first, second] = reportText(report).split('\n')
  expect(title).toBe('Darkroom, 2026-03-01')
  expect(device).toBe('Chrome 147 · Linux, 8 × CPU, 8 GiB, nvidia ampere')
  expect(first).toHaveLength(head.length)
  expect(first).toContain('42.0')
  expect(second).toContain('The model is missing')
})

test('the median is the middle, or the mean of the middle two, in any order', () => {
  expect(median([9, 1, 4])).toBe(4)
  expect(median([10, 1, 4, 2])).toBe(3)
})

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
    'Chrome 147',
    'Linux',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Edge 140',
    'Windows',
  ],
  ['Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0', 'Firefox 143', 'Android'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Safari 18.5',
    'iOS',
  ],
  ['curl/8.5.0', 'unknown', 'unknown'],
])('%s is told as what it is', (agent, browser, system) => {
  expect(browserName(agent)).toEqual({ browser, system })
})
