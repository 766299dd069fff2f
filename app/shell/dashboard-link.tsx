'use client'
import { ChartColumn } from 'lucide-react'
import { useWords } from '../text/words'

interface DashboardLinkProps {
  className: string
  labelClassName: string
}

/** Opens beside this page, whose pictures would be gone when one came back. */
export function DashboardLink({ className, labelClassName }: DashboardLinkProps) {
  const { t } = useWords()
  return (
    <a href="/dashboard" target="darkroom-dashboard" title={t('dashboard')} className={className}>
      <ChartColumn size={20} strokeWidth={1.75} aria-hidden />
      <span className={labelClassName}>{t('dashboard')}</span>
    </a>
  )
}
