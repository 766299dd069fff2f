/** One count of a process, or the sum over its labels; undefined where it has none of that name. */
export async function readMetric(address: string, key: string, name: string): Promise<number | undefined> {
  const response = await fetch(`${address}/metrics`, { headers: { 'X-API-Key': key } })
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  const lines = (await response.text())
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
  if (lines.length === 0) return undefined
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
}
