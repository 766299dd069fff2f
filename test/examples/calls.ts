/** A call of the API as an example writes it. */
export interface ExampleCall {
  readonly method: string
  /** Variables are `*`. */
  readonly path: string
  readonly query: readonly string[]
  /** Names of the form's fields. */
  readonly fields: readonly string[]
}

/** How each language of the examples writes a variable within a text, and the name of a field. */
const FIELD_NAMES: Readonly<Record<string, RegExp>> = {
  mjs: /(?:^|[{,])\s*(\w+):/g,
  py: /"(\w+)":/g,
  php: /'(\w+)' =>/g,
  go: /(?:Sample|Field)\("(\w+)"/g,
  java: /(?:sample|field)\("(\w+)"/g,
}

/** @param extension of the file; it says the language */
export const callsIn = (source: string, extension: string): ExampleCall[] =>
  extension === 'sh' ? shellCalls(source) : programCalls(source, FIELD_NAMES[extension])

/** `call("POST", "/api/v1/tasks/" + uid, …)` in whatever of these languages. */
function programCalls(source: string, names: RegExp): ExampleCall[] {
  const starts = [...source.matchAll(/\bcall\(\s*["'](GET|POST|PUT|DELETE)["'],\s*/gi)]
  return starts.map((start) => {
    const rest = source.slice(start.index + start[0].length)
    const [address, more] = splitAtComma(rest)
    return {
      method: start[1],
      ...addressOf(pathIn(address)),
      fields: [...more.matchAll(names)].map(([, name]) => name),
    }
  })
}

/** The argument that a text begins with, and those after it up to the bracket that closes the call. */
function splitAtComma(text: string): [first: string, others: string] {
  let depth = 0
  let comma = -1
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (quote) {
      if (letter === quote) quote = ''
    } else if (`"'\``.includes(letter)) quote = letter
    else if ('([{'.includes(letter)) depth++
    else if (')]}'.includes(letter) && depth-- === 0) {
      return comma < 0 ? [text.slice(0, i), ''] : [text.slice(0, comma), text.slice(comma + 1, i)]
    } else if (letter === ',' && depth === 0 && comma < 0) comma = i
  }
  throw new Error(`No bracket closes the call at ${text.slice(0, 40)}`)
}

/** Texts and variables that are put together, as one path. */
function pathIn(expression: string): string {
  const tokens = expression.matchAll(/(?:f)?(["'`])(.*?)\1|\$?\w[\w.]*/g)
  const parts = [...tokens].map(([, , text]) => text?.replaceAll(/\$?\{[^}]*\}/g, '*') ?? '*')
  return parts.join('')
}

/** Each `curl` with the lines that it goes on over. */
function shellCalls(source: string): ExampleCall[] {
  const lines = source.replaceAll('\\\n', ' ').split('\n')
  return lines
    .filter((line) => /(^|[$(\s])curl /.test(line) && !line.startsWith('#'))
    .map((line) => {
      const fields = [...line.matchAll(/-F (\w+)=/g)].map(([, name]) => name)
      const address = /"\$SERVER(\/[^"]*)"/.exec(line)?.[1]
      if (address === undefined) throw new Error(`No address in ${line}`)
      const method = /-X (\w+)/.exec(line)?.[1] ?? (fields.length > 0 ? 'POST' : 'GET')
      return { method, ...addressOf(address.replaceAll(/\$\w+/g, '*')), fields }
    })
}

function addressOf(address: string): Pick<ExampleCall, 'path' | 'query'> {
  const [path, query] = address.split('?')
  return { path, query: [...new URLSearchParams(query).keys()] }
}
