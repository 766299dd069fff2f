const NAME_BYTES = 120 // every file system takes 255; the rest is for what a store adds
const EXTENSION_BYTES = 16
const RESULT_BYTES = 40 // `covered_`, `_50` and an extension of its own, around the name of an upload

/**
 * The names under which a task's uploads are stored and served: no two alike, also where case does not count.
 * Letters of every script stay. What means something to a shell, a URL, HTML or Windows does not.
 *
 * @param names as clients sent them
 */
export function storedNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const unique = firstFree(safeName(name), taken)
    taken.add(unique.toLowerCase())
    return unique
  })
}

/** Whether a name is an upload's from `storedNames`, or a result's made of one, so that a path of it leads nowhere else. */
export const isStoredName = (name: string): boolean => safeName(name, NAME_BYTES + RESULT_BYTES) === name

function safeName(sent: string, most = NAME_BYTES): string {
  const base = sent.split(/[/\\]/).at(-1) ?? ''
  const shown = base
    .replace(/^[a-z]:/i, '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .normalize('NFC')
  const clean = withoutEnd(shown)
    .replaceAll(/[^\p{L}\p{M}\p{N}._()-]+/gu, '_')
    .replace(/^\.+/, '')
  const { stem, extension } = split(clean)
  const whole = (clip(stem, most - bytes(extension)) + extension).replace(/\.+$/, '')
  if (whole === '') return 'file'
  return RESERVED.test(whole) ? `_${whole}` : whole
}

/** Dots and blanks at the end go; a pattern for them would begin anew at each dot of a name made of dots. */
function withoutEnd(name: string): string {
  let end = name.length
  while (end > 0 && /[.\s]/.test(name[end - 1])) end--
  return name.slice(0, end)
}

/** Devices on Windows, whatever the extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

function firstFree(name: string, taken: ReadonlySet<string>): string {
  const { stem, extension } = split(name)
  for (let copy = 1; ; copy++) {
    const end = copy === 1 ? extension : `_${copy}${extension}`
    const candidate = clip(stem, NAME_BYTES - bytes(end)) + end
    if (!taken.has(candidate.toLowerCase())) return candidate
  }
}

/** The extension with its dot; a long one is no extension. */
function split(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 ? name.slice(dot) : ''
  if (bytes(extension) > EXTENSION_BYTES) return { stem: name, extension: '' }
  return { stem: name.slice(0, name.length - extension.length), extension }
}

const bytes = (text: string): number => new TextEncoder().encode(text).length

/** Cuts between characters, never within one. */
function clip(text: string, most: number): string {
  const kept: string[] = []
  let left = most
  for (const character of text) {
    left -= bytes(character)
    if (left < 0) break
    kept.push(character)
  }
  return kept.join('')
}
