'use client'
import { ArrowDown, ArrowUp, Copy, FileSpreadsheet } from 'lucide-react'
import { memo, useMemo, useState } from 'react'
import { hoveredRow, selectedRow } from '../canvas/focused-row'
import { copyText } from '../export/clipboard'
import { toCsv, toTsv } from '../export/csv'
import { baseName, save } from '../export/save'
import { useBench } from '../shell/bench'
import { useSelected } from '../state/store'
import { toast } from '../state/toasts'
import { useValueText } from '../text/value-text'
import { useWords } from '../text/words'
import type { ResultField } from '../tools/card'
import { Button } from '../ui/button'
import { type Order, sorted, toggled } from './sorting'

type Row = Readonly<Record<string, unknown>>

interface ResultTableProps {
  columns: readonly ResultField[]
  rows: readonly Row[]
  /** Of the picture it belongs to. */
  name: string
}

export function ResultTable({ columns, rows, name }: ResultTableProps) {
  const { t } = useWords()
  const { card, words } = useBench()
  const [order, setOrder] = useState<Order | null>(null)
  const shown = useMemo(() => sorted(rows, order), [rows, order])
  const names = columns.map((column) => column.name)
  const isText = useMemo(() => textColumns(columns, rows), [columns, rows])

  if (rows.length === 0)
    return (
      <p className="rounded-lg bg-raised px-3 py-4 text-center text-muted text-sm">
        {t(card.fields.some(({ name }) => name === 'threshold') ? 'nothingOverThreshold' : 'nothingFound')}
      </p>
    )
  return (
    <div className="flex flex-col gap-2">
      <section
        className="max-h-72 overflow-auto rounded-lg border border-line"
        aria-label={t('resultTable')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table className="w-full border-collapse text-xs tabular-nums">
          <thead className="sticky top-0 z-1 bg-raised">
            <tr>
              <th scope="col" className="w-9 px-2 py-1.5 text-right font-medium text-muted">
                #
              </th>
              {columns.map((column) => (
                <th
                  key={column.name}
                  scope="col"
                  aria-sort={order?.column !== column.name ? 'none' : order.descending ? 'descending' : 'ascending'}
                  className="p-0 font-medium text-muted"
                >
                  <button
                    type="button"
                    title={column.help && words.label(column.help, column.help)}
                    onClick={() => setOrder(toggled(order, column.name))}
                    className={`inline-flex w-full items-center gap-1 px-2 py-1.5 hover:text-ink max-md:min-h-11 ${isText.has(column.name) ? '' : 'justify-end'}`}
                  >
                    {order?.column === column.name &&
                      (order.descending ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
                    <span className={column.unit === 'px' ? 'whitespace-nowrap' : ''}>
                      {words.label(column.name, column.title)}
                      {column.unit === 'px' && `, ${t('unit_px')}`}
                    </span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ row, index }) => (
              <TableRow key={index} {...{ row, index, columns, isText }} />
            ))}
          </tbody>
        </table>
      </section>
      <div className="flex gap-2">
        <Button
          size="small"
          onClick={() =>
            copyText(
              toTsv(
                names,
                shown.map(({ row }) => row),
              ),
            ).then(() => toast({ text: t('copied') }))
          }
        >
          <Copy size={13} aria-hidden />
          {t('copyTable')}
        </Button>
        <Button
          size="small"
          onClick={() =>
            save(
              new Blob(
                [
                  toCsv(
                    names,
                    shown.map(({ row }) => row),
                  ),
                ],
                { type: 'text/csv' },
              ),
              `${baseName(name)}.csv`,
            )
          }
        >
          <FileSpreadsheet size={13} aria-hidden />
          CSV
        </Button>
      </div>
    </div>
  )
}

const textColumns = (columns: readonly ResultField[], rows: readonly Row[]): ReadonlySet<string> =>
  new Set(columns.map(({ name }) => name).filter((name) => rows.some((row) => typeof row[name] === 'string')))

interface TableRowProps {
  row: Row
  index: number
  columns: readonly ResultField[]
  /** Columns that are read from the left. */
  isText: ReadonlySet<string>
}

const TableRow = memo(function TableRow({ row, index, columns, isText }: TableRowProps) {
  const { t } = useWords()
  const { words } = useBench()
  const write = useValueText(words)
  const hovered = useSelected(hoveredRow, (row) => row === index)
  const selected = useSelected(selectedRow, (row) => row === index)
  const look = selected ? 'bg-accent-soft' : hovered ? 'bg-pressed' : 'hover:bg-raised'
  return (
    <tr
      aria-selected={selected}
      onPointerEnter={() => hoveredRow.set(index)}
      onPointerLeave={() => hoveredRow.set(null)}
      onClick={() => selectedRow.set(selected ? null : index)}
      className={`cursor-pointer border-line border-t ${look}`}
    >
      <th scope="row" className="p-0 text-right font-normal text-muted">
        <button
          type="button"
          aria-label={t('showMatch', { number: index + 1 })}
          className="w-full px-2 py-1 text-right max-md:min-h-11"
        >
          {index + 1}
        </button>
      </th>
      {columns.map(({ name, ...field }) => (
        <td key={name} className={`px-2 py-1 ${isText.has(name) ? 'text-left' : 'text-right'}`}>
          {write(row[name], field)}
        </td>
      ))}
    </tr>
  )
})
