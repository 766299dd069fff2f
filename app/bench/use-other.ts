'use client'
import { useState } from 'react'
import type { BenchReport } from '../../workers/bench/report'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'

/** The report of another device, to be compared with. */
export function useOther() {
  const { t } = useWords()
  const [other, setOther] = useState<BenchReport>()

  async function compare(file: File): Promise<void> {
    // Its code has the schema library, which most visits do not need.
    const { readReport } = await import('../../workers/bench/read-report')
    try {
      setOther(readReport(await file.text()))
    } catch (error) {
      const why = error instanceof Error ? ` ${error.message}` : ''
      toast({ text: t('benchNoReport', { name: file.name }) + why, wrong: true })
    }
  }

  return { other, compare, endCompare: () => setOther(undefined) }
}
