'use client'
import { Copy, Download, GitCompareArrows } from 'lucide-react'
import type { BenchReport } from '../../workers/bench/report'
import { copyText } from '../export/clipboard'
import { save } from '../export/save'
import { pickJson } from '../shell/pick-files'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { reportCsv, reportJson, reportText } from './export-report'

interface ResultActionsProps {
  /** Undefined while there is nothing to export. */
  report: BenchReport | undefined
  onCompare: (file: File) => void
}

export function ResultActions({ report, onCompare }: ResultActionsProps) {
  const { t } = useWords()
  const keep = (ending: string, type: string, text: (report: BenchReport) => string) =>
    report && save(new Blob([text(report)], { type }), `darkroom-bench-${report.made_at.slice(0, 10)}.${ending}`)
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="small" disabled={!report} onClick={() => keep('json', 'application/json', reportJson)}>
        <Download size={13} aria-hidden />
        {t('benchExport', { type: 'JSON' })}
      </Button>
      <Button size="small" disabled={!report} onClick={() => keep('csv', 'text/csv', reportCsv)}>
        <Download size={13} aria-hidden />
        {t('benchExport', { type: 'CSV' })}
      </Button>
      <Button
        size="small"
        disabled={!report}
        onClick={() => report && copyText(reportText(report)).then(() => toast({ text: t('copied') }))}
      >
        <Copy size={13} aria-hidden />
        {t('benchCopy')}
      </Button>
      <Button size="small" onClick={() => pickJson(onCompare)}>
        <GitCompareArrows size={13} aria-hidden />
        {t('benchImport')}
      </Button>
    </div>
  )
}
