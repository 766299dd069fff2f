export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'
export const OPEN_METRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

/** Whether a scraper would rather have OpenMetrics than Prometheus' own format. */
export function wantsOpenMetrics(accept: string | undefined): boolean {
  const quality = (type: string) => {
    const range = accept?.split(',').find((part) => part.trim().toLowerCase().startsWith(type))
    return range === undefined ? 0 : Number(/;\s*q=([\d.]+)/.exec(range)?.[1] ?? 1)
  }
  return quality('application/openmetrics-text') > quality('text/plain')
}

/**
 * Prometheus' text format as OpenMetrics 1.0 has it: a counter's family goes without `_total`, there are no empty lines,
 * and the end is marked. prom-client writes it itself, but renames its counters for good when it does.
 */
export function toOpenMetrics(text: string): string {
  const lines = text.split('\n').filter((line) => line !== '')
  const counters = new Set(lines.flatMap((line) => /^# TYPE (\S+)_total counter$/.exec(line)?.[1] ?? []))
  const renamed = lines.map((line) => {
    const head = /^# (HELP|TYPE) (\S+)_total (.*)$/.exec(line)
    return head && counters.has(head[2]) ? `# ${head[1]} ${head[2]} ${head[3]}` : line
  })
  return `${renamed.join('\n')}\n# EOF\n`
}
