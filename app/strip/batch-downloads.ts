import { toCsv } from '../export/csv'
import { resultJson } from '../export/result-json'
import { save } from '../export/save'
import type { ResultFiles } from '../export/zip'
import type { Bench } from '../shell/bench'

type Row = Readonly<Record<string, unknown>>

/** Every result of the batch; the picture in view with its live parameters applied. */
function results({ card, session, item, data: shown }: Bench): ResultFiles[] {
  return session.items.flatMap(({ picture, run }) => {
    if (run.status !== 'done') return []
    const data = picture.id === item?.picture.id && shown ? shown : run.outcome.data
    return {
      name: picture.file.name,
      data,
      rows: card.table ? (data[card.table.field] as readonly Row[]) : [],
      json: resultJson(card.id, session.params, run.outcome, data),
      files: run.outcome.files,
    }
  })
}

export async function saveBatchZip(bench: Bench): Promise<void> {
  const { zipResults } = await import('../export/zip')
  save(await zipResults(results(bench), bench.card.table?.columns ?? []), `${bench.card.id}.zip`)
}

/** One table for all, with the file's name in front. */
export function saveBatchCsv(bench: Bench): void {
  const columns = bench.card.table?.columns.map(({ name }) => name) ?? []
  const rows = results(bench).flatMap(({ name, rows: own }) => own.map((row) => ({ file: name, ...row })))
  save(new Blob([toCsv(['file', ...columns], rows)], { type: 'text/csv' }), `${bench.card.id}.csv`)
}
