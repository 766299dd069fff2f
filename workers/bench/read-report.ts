import * as z from 'zod'
import { ToolError } from '../../core/errors'
import { BENCH_BACKENDS, BENCH_FORMAT, type BenchReport } from './report'

const measured = z.object({
  tool: z.string().max(100),
  backend: z.enum(BENCH_BACKENDS),
  in_background: z.boolean(),
  on_battery: z.boolean().nullable(),
})

const time = z.number().nonnegative()

const success = measured.extend({
  computed_by: z.string().max(200),
  model_load_ms: time,
  first_ms: time,
  warm_ms: z.array(time).min(1).max(1000),
  median_ms: z.number().positive(),
  memory_bytes: z.number().nonnegative().nullable(),
})

const failed = measured.extend({ error: z.object({ code: z.string().max(100), message: z.string().max(1000) }) })

const report = z.object({
  format: z.literal(BENCH_FORMAT),
  made_at: z.iso.datetime(),
  device: z.object({
    browser: z.string().max(200),
    system: z.string().max(200),
    cores: z.int().positive(),
    memory_gib: z.number().positive().nullable(),
    gpu: z.string().max(200).nullable(),
    wasm_simd: z.boolean(),
    threads: z.boolean(),
    core_speed: z.number().positive(),
  }),
  results: z.array(z.union([success, failed])).max(1000),
})

/**
 * A report that another device has made.
 *
 * @throws ToolError unreadable, with the field that is wrong
 */
export function readReport(text: string): BenchReport {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new ToolError('unreadable', 'This is no JSON')
  }
  const parsed = report.safeParse(json)
  if (parsed.success) return parsed.data as BenchReport
  const [issue] = parsed.error.issues
  throw new ToolError('unreadable', `${issue.path.join('.') || 'file'}: ${issue.message}`)
}
