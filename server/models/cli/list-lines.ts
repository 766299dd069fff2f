import type { HeldModel, ModelState } from '../../api/engine'

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

/** A table for a terminal: one model a line, columns as wide as they have to be. */
export function listLines(held: readonly HeldModel[]): string[] {
  const rows = held.map(({ model, state, accepted }) => [
    model.id,
    model.task,
    megabytes(model.files.reduce((sum, { bytes }) => sum + bytes, 0)),
    stateWords(state),
    `${model.licence.weights}${accepted ? '' : ' (has to be accepted)'}`,
    ...(model.default ? ['of the install'] : []),
  ])
  const all = [['id', 'for', 'size', 'state', 'licence'], ...rows]
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)))
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function stateWords(state: ModelState): string {
  switch (state.state) {
    case 'fetching':
      return `${Math.floor((100 * state.bytes) / Math.max(state.total, 1))} % fetched`
    case 'installed':
      return 'here'
    default:
      return state.state
  }
}
