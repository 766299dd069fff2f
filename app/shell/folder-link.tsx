'use client'
import { FolderLock } from 'lucide-react'
import { useWords } from '../text/words'

interface FolderLinkProps {
  className: string
  labelClassName: string
}

/** Opens beside this page, whose pictures would be gone when one came back. */
export function FolderLink({ className, labelClassName }: FolderLinkProps) {
  const { t } = useWords()
  return (
    <a href="/folder" target="darkroom-folder" title={`${t('folder')}. ${t('folderAbout')}`} className={className}>
      <FolderLock size={20} strokeWidth={1.75} aria-hidden />
      <span className={labelClassName}>{t('folder')}</span>
    </a>
  )
}
