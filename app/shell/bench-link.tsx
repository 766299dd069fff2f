'use client'
import { Gauge } from 'lucide-react'
import { useWords } from '../text/words'

interface BenchLinkProps {
  className: string
  labelClassName?: string
}

/** Opens beside this page, whose pictures would be gone when one came back. */
export function BenchLink({ className, labelClassName }: BenchLinkProps) {
  const { t } = useWords()
  return (
    <a href="/bench" target="darkroom-bench" title={`${t('bench')}. ${t('benchAbout')}`} className={className}>
      <Gauge size={20} strokeWidth={1.75} aria-hidden />
      <span className={labelClassName}>{t('bench')}</span>
    </a>
  )
}
