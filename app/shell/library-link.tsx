'use client'
import { Images } from 'lucide-react'
import { useWords } from '../text/words'

interface LibraryLinkProps {
  className: string
  labelClassName: string
}

/** Opens beside this page, whose pictures would be gone when one came back. */
export function LibraryLink({ className, labelClassName }: LibraryLinkProps) {
  const { t } = useWords()
  return (
    <a href="/library" target="darkroom-library" title={`${t('library')}. ${t('libraryAbout')}`} className={className}>
      <Images size={20} strokeWidth={1.75} aria-hidden />
      <span className={labelClassName}>{t('library')}</span>
    </a>
  )
}
