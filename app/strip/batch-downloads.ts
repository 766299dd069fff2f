import { toCsv } from '../export/csv'
import { resultJson } from '../export/result-json'
import { save } from '../export/save'
import type { ResultFiles } from '../export/zip'
import { loadRefine } from '../run/load-refine'
import { shownResult } from '../run/shown-result'
import type { Bench } from '../shell/bench'
import { withOwn } from '../state/session'

type Row = Readonly<Record<string, unknown>>

/** Every result of the batch, live parameters applied to all of them. */
async function results({ card, session }: Bench): Promise<ResultFiles[]> {
  const refine = await loadRefine(card.id)
  return session.items.flatMap((item) => {
    const { picture, run } = item
    if (run.status !== 'done') return []
    const result = shownResult(run, withOwn(session, item).params, card.live, refine)
    return {
      name: picture.file.name,
      rows: card.table ? (result.data[card.table.field] as readonly Row[]) : [],
      json: resultJson(card.id, result, run.outcome),
      files: run.outcome.files,
    }
  })
}

export async function saveBatchZip(bench: Bench): Promise<void> {
  const { zipResults } = await import('../export/zip')
  save(await zipResults(await results(bench), bench.card.table?.columns ?? []), `${bench.card.id}.zip`)
}

/** One table for all, with the file's name in front. */
export async function saveBatchCsv(bench: Bench): Promise<void> {
  const columns = bench.card.table?.columns.map(({ name }) => name) ?? []
  const rows = (await results(bench)).flatMap(({ name, rows: own }) => own.map((row) => ({ file: name, ...row })))
  save(new Blob([toCsv(['file', ...columns], rows)], { type: 'text/csv' }), `${bench.card.id}.csv`)
}
