import { readFile } from 'node:fs/promises'

const BYTES_PER_KB = 1024

/** Memory that a process holds, native one too; undefined where the system does not say (only Linux does) or it has ended. */
export async function residentBytes(pid: number): Promise<number | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? []
    return kilobytes === undefined ? undefined : Number(kilobytes) * BYTES_PER_KB
  } catch {
    return undefined
  }
}
