import { readdirSync, readFileSync } from 'node:fs'

const PAGE_BYTES = 4096
const EVERY_MS = 1000

interface Sample {
  readonly server: number
  readonly compute: number
}

/** Resident memory of a server and of its compute processes, megabytes, watched from outside. Linux only. */
export class MemoryWatch {
  readonly #samples: Sample[] = []
  readonly #timer: NodeJS.Timeout
  readonly #read: () => Sample

  constructor(pid: number) {
    this.#read = () => ({
      server: residentMb(pid),
      compute: childrenOf(pid).reduce((sum, child) => sum + residentMb(child), 0),
    })
    this.#samples.push(this.#read())
    this.#timer = setInterval(() => this.#samples.push(this.#read()), EVERY_MS)
  }

  /**
   * Ends the watch: memory at the start, at the end, at most, and at least in the second and in the last fifth. V8 lets
   * lie what is no longer used until collecting it is worth its time: what is held shows where memory is lowest.
   */
  stop() {
    clearInterval(this.#timer)
    this.#samples.push(this.#read())
    return {
      server: figures(this.#samples.map(({ server }) => server)),
      compute: figures(this.#samples.map(({ compute }) => compute)),
    }
  }
}

function figures(mb: readonly number[]) {
  const fifth = Math.max(1, Math.floor(mb.length / 5))
  const least = (part: readonly number[]) => Math.round(Math.min(...part))
  return {
    start: Math.round(mb[0]),
    end: Math.round(mb.at(-1) ?? 0),
    max: Math.round(Math.max(...mb)),
    early: least(mb.slice(fifth, 2 * fifth)),
    late: least(mb.slice(-fifth)),
  }
}

function residentMb(pid: number): number {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES) / 1e6
  } catch {
    return 0 // it has ended
  }
}

function childrenOf(pid: number): number[] {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  return pids.filter((other) => parentOf(other) === pid)
}

/** Field 4 of /proc/pid/stat; the name before it may hold spaces and brackets. */
function parentOf(pid: number): number | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}
