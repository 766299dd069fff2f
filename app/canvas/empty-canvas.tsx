'use client'
import { Box, Camera, Clipboard, FolderOpen, ImagePlus } from 'lucide-react'
import { useBench } from '../shell/bench'
import { anyKind } from '../state/intake'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { SampleCard } from './sample-card'

/** The first thing a visitor sees: the canvas itself invites. */
export function EmptyCanvas() {
  const { t } = useWords()
  const { card, words, do: commands } = useBench()
  const kind = anyKind(card.inputs)
  const clouds = kind === 'cloud'
  const Sign = clouds ? Box : ImagePlus
  return (
    <div className="absolute inset-0 overflow-y-auto">
      <div className="mx-auto flex min-h-full max-w-3xl flex-col items-center justify-center gap-8 p-6 max-md:gap-6 max-md:p-4">
        <div className="flex w-full flex-col items-center gap-4 rounded-xl border border-line-strong border-dashed px-6 py-10 text-center max-md:py-6">
          <Sign size={32} strokeWidth={1.5} className="text-accent-text" aria-hidden />
          <div className="flex flex-col gap-1">
            <h2 className="font-semibold text-lg">
              <span className="max-md:hidden">{t(`emptyTitle_${kind}`)}</span>
              <span className="md:hidden">{t(`emptyTitleTouch_${kind}`)}</span>
            </h2>
            <p className="max-w-md text-muted text-sm">{words.summary}</p>
          </div>
          <div className="flex flex-wrap justify-center gap-2">
            <Button look="accent" onClick={() => commands.browse()}>
              <ImagePlus size={16} aria-hidden />
              {t('chooseFiles')}
            </Button>
            <Button className="max-md:hidden" onClick={() => commands.browse(undefined, 'folder')}>
              <FolderOpen size={16} aria-hidden />
              {t('chooseFolder')}
            </Button>
            {!clouds && (
              <Button className="md:hidden" onClick={() => commands.browse(undefined, 'camera')}>
                <Camera size={16} aria-hidden />
                {t('takePhoto')}
              </Button>
            )}
          </div>
          {!clouds && (
            <p className="flex items-center gap-1.5 text-muted text-xs max-md:hidden">
              <Clipboard size={13} aria-hidden />
              {t('pasteHint')}
            </p>
          )}
        </div>
        {card.samples.length > 0 && (
          <section className="flex w-full flex-col gap-3" aria-labelledby="samples">
            <h3 id="samples" className="text-center text-muted text-sm">
              {t('trySample')}
            </h3>
            <ul className="flex justify-center gap-3 max-md:gap-2">
              {card.samples.map((sample) => (
                <SampleCard key={sample.title} sample={sample} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  )
}
