'use client'
import { Braces, Copy, Database, FileSpreadsheet } from 'lucide-react'
import { useId, useState } from 'react'
import { copyText } from '../export/clipboard'
import { save } from '../export/save'
import { Section } from '../panel/section'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import type { Entry } from './entries'
import { pairsCsv, vectorsCsv, vectorsJson, vectorsSql } from './vector-files'

const MOST_NAME = 40 // PostgreSQL cuts names at 63 bytes, and the index adds to this one

interface VectorDownloadsProps {
  name: string
  entries: readonly Entry[]
  cosines: Float32Array
  threshold: number
}

/** The vectors for use elsewhere: as data, as a table, and as a script for PostgreSQL with pgvector. */
export function VectorDownloads({ name, entries, cosines, threshold }: VectorDownloadsProps) {
  const { t } = useWords()
  const [table, setTable] = useState('vectors')
  const input = useId()
  const keep = (text: string, type: string, ending: string) => save(new Blob([text], { type }), `${name}${ending}`)
  const sql = () => vectorsSql(entries, table.trim() || 'vectors', threshold)
  return (
    <Section title={t('vectorsExport')}>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={() => keep(vectorsJson(entries), 'application/json', '-vectors.json')}>
          <Braces size={13} aria-hidden />
          JSON
        </Button>
        <Button size="small" onClick={() => keep(vectorsCsv(entries), 'text/csv', '-vectors.csv')}>
          <FileSpreadsheet size={13} aria-hidden />
          CSV
        </Button>
        <Button size="small" onClick={() => keep(pairsCsv(entries, cosines, threshold), 'text/csv', '-pairs.csv')}>
          <FileSpreadsheet size={13} aria-hidden />
          {t('vectorsPairsCsv')}
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor={input} className="text-muted text-xs">
          {t('vectorsTable')}
        </label>
        <input
          id={input}
          value={table}
          maxLength={MOST_NAME}
          spellCheck={false}
          autoCapitalize="off"
          onChange={({ target }) => setTable(target.value)}
          className="h-7 w-28 rounded-md border border-line bg-raised px-2 text-sm hover:border-line-strong max-md:h-11 max-md:text-base"
        />
        <Button size="small" onClick={() => keep(sql(), 'application/sql', '-pgvector.sql')}>
          <Database size={13} aria-hidden />
          pgvector SQL
        </Button>
        <Button size="small" look="quiet" onClick={() => copyText(sql()).then(() => toast({ text: t('copied') }))}>
          <Copy size={13} aria-hidden />
          {t('vectorsCopySql')}
        </Button>
      </div>
    </Section>
  )
}
