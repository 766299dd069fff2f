/**
 * Reads the one value that a bundled CommonJS module exports (`module.exports = …`), without running it: objects,
 * lists, strings, numbers, `!0` and `!1` as minifiers write them.
 *
 * @throws Error with the place, when there is anything else in the value
 */
export function literalModule(source: string): unknown {
  const found = /\.exports\s*=\s*(?=[{"])/.exec(source)
  if (!found) throw new Error('The module exports no literal')
  return new Reader(source, found.index + found[0].length).value()
}

class Reader {
  private at: number
  private readonly source: string

  constructor(source: string, at: number) {
    this.source = source
    this.at = at
  }

  value(): unknown {
    const character = this.source[this.at]
    if (character === '{') return this.object()
    if (character === '[') return this.list()
    if (character === '"') return this.text()
    return this.word()
  }

  private object(): Record<string, unknown> {
    const entries: [string, unknown][] = []
    for (const _ of this.items('{', '}')) {
      const key = this.source[this.at] === '"' ? this.text() : this.match(/[\w$]+/y)
      this.match(/:/y)
      entries.push([key, this.value()])
    }
    return Object.fromEntries(entries)
  }

  private list(): unknown[] {
    const list: unknown[] = []
    for (const _ of this.items('[', ']')) list.push(this.value())
    return list
  }

  private *items(open: string, close: string): Iterable<void> {
    this.expect(open)
    while (this.source[this.at] !== close) {
      yield
      if (this.source[this.at] !== close) this.expect(',')
    }
    this.expect(close)
  }

  private text(): string {
    let end = this.source.indexOf('"', this.at + 1)
    while (isEscaped(this.source, end)) end = this.source.indexOf('"', end + 1)
    const text = this.source.slice(this.at, end + 1)
    this.at = end + 1
    return JSON.parse(text)
  }

  private word(): unknown {
    const word = this.match(/[-!\w.+]+/y)
    if (word === '!0' || word === 'true') return true
    if (word === '!1' || word === 'false') return false
    if (word === 'null') return null
    const number = Number(word)
    if (Number.isNaN(number)) throw new Error(`There is no value at character ${this.at}`)
    return number
  }

  private expect(character: string): void {
    if (this.source[this.at] !== character) throw new Error(`There is no "${character}" at character ${this.at}`)
    this.at++
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.source)
    if (!found) throw new Error(`There is no value at character ${this.at}`)
    this.at += found[0].length
    return found[0]
  }
}

/** Whether an odd number of backslashes comes before. */
function isEscaped(source: string, at: number): boolean {
  let before = at
  while (source[before - 1] === '\\') before--
  return (at - before) % 2 === 1
}
