'use client'
import { PageHeader } from '../shell/page-header'
import { useWords } from '../text/words'

export function BenchHeader() {
  const { t } = useWords()
  return <PageHeader title={t('bench')} />
}
