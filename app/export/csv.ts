type Row = Readonly<Record<string, unknown>>

const NEEDS_QUOTES = /[",\r\n]/
const FORMULA = /^[=+\-@\t\r]/ // a spreadsheet would run text that starts so

/** RFC 4180, with a header line; spreadsheets open it as it is. */
export function toCsv(columns: readonly string[], rows: readonly Row[]): string {
  return [columns, ...rows.map((row) => columns.map((name) => cell(row[name])))]
    .map((line) => line.map(quoted).join(','))
    .join('\r\n')
}

/** For pasting into a spreadsheet. */
export function toTsv(columns: readonly string[], rows: readonly Row[]): string {
  const plain = (value: unknown) => cell(value).replace(/[\t\r\n]+/g, ' ')
  return [columns, ...rows.map((row) => columns.map((name) => plain(row[name])))]
    .map((line) => line.join('\t'))
    .join('\n')
}

function cell(value: unknown): string {
  if (typeof value === 'number') return String(value)
  const text = value === undefined || value === null ? '' : String(value)
  return FORMULA.test(text) ? `'${text}` : text
}

const quoted = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
