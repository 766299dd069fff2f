import { compareCopies } from '../operators/compare-copies/spec'
import { fingerprint } from '../operators/fingerprint/spec'
import { type CopyGroup, findCopies } from './copies'
import type { Parsed } from './flags'
import { expandPatterns, inputFile } from './input-file'
import type { Invoked } from './session'
import { UsageError } from './usage-error'

/** Tells which of the pictures that were named are copies of each other. @returns how many could not be read */
export async function copiesCommand({ flags, positionals }: Parsed, { cwd, signal, open }: Invoked): Promise<number> {
  const names = await expandPatterns(positionals, cwd)
  if (names.length < 2) throw new UsageError(`Name two pictures or more; ${names.length} were named`)
  const files = await Promise.all(names.map((name) => inputFile(name, cwd)))
  const { engine, bar } = await open([fingerprint, compareCopies], files.length)
  let failed = 0
  const onFailure = (file: (typeof files)[number], message: string) => {
    failed++
    if (flags.json) console.log(JSON.stringify({ file: file.label, ok: false, error: message }))
    else console.error(`${file.label}: ${message}`)
  }
  try {
    const groups = await findCopies({ files, engine, bar, signal, onFailure })
    for (const group of groups) console.log(flags.json ? JSON.stringify(asJson(group)) : asText(group))
    if (groups.length === 0 && !flags.json) console.log('None of them are copies of each other.')
    return failed
  } finally {
    await engine.close()
  }
}

const asJson = ({ files, links }: CopyGroup) => ({
  files: files.map(({ label }) => label),
  links: links.map(({ a, b, ...why }) => ({ a: a.label, b: b.label, ...why })),
})

function asText({ files, links }: CopyGroup): string {
  const why = links.map(
    ({ a, b, verdict, probability }) => `${a.label} and ${b.label}: ${verdict}, ${(100 * probability).toFixed(1)} %`,
  )
  return [
    `${files.length} copies: ${files.map(({ label }) => label).join(', ')}`,
    ...why.map((line) => `  ${line}`),
  ].join('\n')
}
