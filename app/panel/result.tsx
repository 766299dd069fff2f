'use client'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { Downloads } from './downloads'
import { Figures } from './figures'
import { ResultTable } from './result-table'
import { Section } from './section'
import { Times } from './times'

/** Everything that came out of the picture in view. */
export function Result() {
  const { t } = useWords()
  const { card, item, data, session } = useBench()
  if (item?.run.status !== 'done' || !data) {
    return session.items.length > 0 ? (
      <p className="px-4 py-6 text-center text-muted text-xs">{t('noResultYet')}</p>
    ) : null
  }
  const { outcome } = item.run
  const rows = card.table ? (data[card.table.field] as readonly Record<string, unknown>[]) : []
  return (
    <Section title={t('result')}>
      <Figures data={data} />
      {card.table && <ResultTable columns={card.table.columns} rows={rows} name={item.picture.file.name} />}
      <Downloads outcome={outcome} data={data} rows={rows} name={item.picture.file.name} />
      <Times outcome={outcome} />
    </Section>
  )
}
