type Row = Readonly<Record<string, unknown>>

export interface Order {
  readonly column: string
  readonly descending: boolean
}

/** The rows in this order, each with its place in the result. */
export function sorted(rows: readonly Row[], order: Order | null): { row: Row; index: number }[] {
  const indexed = rows.map((row, index) => ({ row, index }))
  if (!order) return indexed
  const sign = order.descending ? -1 : 1
  return indexed.sort((a, b) => sign * compare(a.row[order.column], b.row[order.column]))
}

/** Up, then down, then as it came. */
export function toggled(order: Order | null, column: string): Order | null {
  if (order?.column !== column) return { column, descending: false }
  return order.descending ? null : { column, descending: true }
}

const compare = (a: unknown, b: unknown): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
