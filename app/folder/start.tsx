'use client'
import { FolderOpen, Images } from 'lucide-react'
import { pickFiles } from '../shell/pick-files'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { given, type List, pickDirectory } from './pick-directory'

/** Before the first folder: what happens here, and three ways to begin. */
export function Start({ onOpen }: { onOpen: (list: List) => void }) {
  const { t } = useWords()
  return (
    <section className="flex flex-col items-center gap-4 rounded-xl border border-line-strong border-dashed bg-surface px-6 py-16 text-center max-md:py-10">
      <FolderOpen size={36} strokeWidth={1.25} className="text-muted" aria-hidden />
      <h2 className="font-semibold text-lg">{t('folderDrop')}</h2>
      <p className="max-w-prose text-muted text-sm">{t('folderPromise')}</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button look="accent" size="large" onClick={() => pickDirectory(onOpen)}>
          <FolderOpen size={16} aria-hidden />
          {t('folderChoose')}
        </Button>
        <Button size="large" onClick={() => pickFiles('files', 'raster', true, (files) => onOpen(given(files)))}>
          <Images size={16} aria-hidden />
          {t('folderChooseFiles')}
        </Button>
      </div>
    </section>
  )
}
