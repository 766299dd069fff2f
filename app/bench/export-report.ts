import { type BenchReport, type DeviceFacts, hasFailed } from '../../workers/bench/report'
import { toCsv } from '../export/csv'

const COLUMNS = [
  'tool',
  'backend',
  'computed_by',
  'median_ms',
  'min_ms',
  'max_ms',
  'runs',
  'first_ms',
  'model_load_ms',
  'memory_bytes',
  'in_background',
  'on_battery',
  'error',
  'browser',
  'system',
  'cores',
  'memory_gib',
  'gpu',
  'made_at',
]

export const reportJson = (report: BenchReport): string => JSON.stringify(report, toThousandths, 2)

/** Clocks of browsers tell no more than that. */
const toThousandths = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value

/** One line for each tool and backend, with the device in each: files of many devices can be put together. */
export function reportCsv(report: BenchReport): string {
  const rounded: BenchReport = JSON.parse(reportJson(report))
  return toCsv(COLUMNS, rowsOf(rounded))
}

const rowsOf = ({ device, made_at, results }: BenchReport) =>
  results.map((result) => ({
    ...device,
    made_at,
    ...result,
    ...(hasFailed(result)
      ? { error: result.error.message }
      : { min_ms: Math.min(...result.warm_ms), max_ms: Math.max(...result.warm_ms), runs: result.warm_ms.length }),
  }))

/** For a message or an issue: one line for the device, then aligned columns. */
export function reportText(report: BenchReport): string {
  const head = ['tool', 'backend', 'median ms', 'first ms', 'model ms', 'memory MB']
  const rows = report.results.map((result) => {
    const name = [result.tool, result.backend]
    if (hasFailed(result)) return [...name, result.error.message]
    const { median_ms, first_ms, model_load_ms, memory_bytes } = result
    const memory = memory_bytes === null ? '-' : (memory_bytes / 1e6).toFixed(0)
    return [...name, median_ms.toFixed(1), first_ms.toFixed(0), model_load_ms.toFixed(0), memory]
  })
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.filter((row) => row.length === head.length).map((row) => row[column].length)),
  )
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ')
  return [`Darkroom, ${report.made_at.slice(0, 10)}`, deviceName(report.device), '', ...[head, ...rows].map(line)].join(
    '\n',
  )
}

/** `Chrome 147 on Linux, 8 cores, 8 GiB, nvidia ampere` */
export function deviceName({ browser, system, cores, memory_gib, gpu }: DeviceFacts): string {
  return [
    `${browser} · ${system}`,
    `${cores} × CPU`,
    ...(memory_gib === null ? [] : [`${memory_gib} GiB`]),
    ...(gpu === null ? [] : [gpu]),
  ].join(', ')
}
