import { existsSync, statSync } from 'node:fs'
import { dirname, extname, join, relative, resolve } from 'node:path'
import type { Spec } from '../core/operator'
import { itemFile } from '../server/api/batch'
import type { Done } from './engines/engine'
import { STANDARD, stemOf } from './input-file'
import type { PlannedRun } from './plan'
import { UsageError } from './usage-error'
import { refuseExisting, writeWhole } from './write-file'

/** Where the files of a run go. */
export interface Output {
  /** Writes them. @returns their paths as people would type them; none where files are not wanted */
  write(run: PlannedRun, files: Done['files']): Promise<string[]>
}

interface OutputOptions {
  /** What `--out` says. */
  readonly out: string | undefined
  readonly force: boolean
  readonly cwd: string
}

/** The artefact that stands for the first picture afterwards, where a tool makes one. */
const mainArtefact = ({ layers }: Spec): string | undefined =>
  layers.find((layer) => layer.kind === 'replace')?.artefact

/**
 * Without `--out`, a tool that makes a new picture of each has it written beside the one it was made of, and others
 * only answer. `--out` is a folder for all files, a file name for the main one of a single run, or `-` for the standard
 * output.
 *
 * @throws UsageError when several runs would go into one file
 */
export function outputFor(spec: Spec, runs: readonly PlannedRun[], { out, force, cwd }: OutputOptions): Output {
  const main = mainArtefact(spec) ?? spec.artefacts[0]?.name
  if (out === STANDARD) return oneRun(runs, main, (bytes) => toStandardOutput(bytes))
  if (out !== undefined && isFileName(resolve(cwd, out))) {
    const path = resolve(cwd, out)
    refuseExisting([path], force)
    return oneRun(runs, main, async (bytes) => {
      await writeWhole(path, bytes, force)
      return [relative(cwd, path)]
    })
  }
  if (out === undefined && mainArtefact(spec) === undefined) return { write: async () => [] }
  return intoFolders(runs, out === undefined ? undefined : resolve(cwd, out), { force, cwd })
}

/** What ends as a picture or JSON and is no folder. */
const isFileName = (path: string): boolean =>
  /^\.(png|jpe?g|webp|json)$/i.test(extname(path)) && !(existsSync(path) && statSync(path).isDirectory())

function oneRun(
  runs: readonly PlannedRun[],
  main: string | undefined,
  write: (bytes: Uint8Array) => Promise<string[]>,
): Output {
  if (runs.length > 1) throw new UsageError(`--out names one file, but there are ${runs.length} runs; name a folder`)
  if (main === undefined) throw new UsageError('This command makes no files: leave --out away')
  return {
    write: async (_, files) => {
      const file = files.find(({ name }) => stemOf(name) === main)
      return file ? write(file.bytes) : []
    },
  }
}

function intoFolders(
  runs: readonly PlannedRun[],
  folder: string | undefined,
  { force, cwd }: Omit<OutputOptions, 'out'>,
): Output {
  const stems = uniqueStems(runs, folder, cwd)
  return {
    async write(run, files) {
      const paths = files.map((file) => join(folderOf(run, folder, cwd), itemFile(file, stems.get(run) ?? run.of.name)))
      const inputs = Object.values(run.files).map(({ path }) => path)
      if (paths.some((path) => inputs.includes(path))) throw new UsageError('A result would replace its own picture')
      refuseExisting(paths, force)
      for (const [i, path] of paths.entries()) await writeWhole(path, files[i].bytes, force)
      return paths.map((path) => relative(cwd, path))
    },
  }
}

const folderOf = ({ of }: PlannedRun, folder: string | undefined, cwd: string): string =>
  folder ?? (of.path === undefined ? cwd : dirname(of.path))

/** `a.jpg` and `a.png` of one run must not become one file, also where case does not count. */
function uniqueStems(runs: readonly PlannedRun[], folder: string | undefined, cwd: string): Map<PlannedRun, string> {
  const taken = new Set<string>()
  return new Map(
    runs.map((run) => {
      const stem = stemOf(run.of.name)
      const at = (name: string) => join(folderOf(run, folder, cwd), name).toLowerCase()
      let unique = stem
      for (let copy = 2; taken.has(at(unique)); copy++) unique = `${stem}_${copy}`
      taken.add(at(unique))
      return [run, unique]
    }),
  )
}

async function toStandardOutput(bytes: Uint8Array): Promise<string[]> {
  await new Promise<void>((done, fail) => process.stdout.write(bytes, (error) => (error ? fail(error) : done())))
  return []
}
