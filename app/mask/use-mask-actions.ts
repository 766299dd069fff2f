'use client'
import { failure } from '../../core/errors'
import { isEmpty } from '../../core/mask/mask'
import { maskWork } from '../../workers/mask-client'
import { useBench } from '../shell/bench'
import { pickFiles } from '../shell/pick-files'
import { toast } from '../state/toasts'
import { useErrorText } from '../text/error-text'
import { useWords } from '../text/words'
import { brush } from './brush'
import { masks, record, revisionOf } from './history'
import { exportMask, findMask, findShared, importMask, otherSizes } from './mask-files'
import type { MaskEditor } from './use-mask-editor'

/** What takes a moment, and says how it went. */
export function useMaskActions(editor: MaskEditor) {
  const { t } = useWords()
  const { card, session, do: commands } = useBench()
  const errorText = useErrorText()
  const told = (work: Promise<unknown>) =>
    work.catch((error: unknown) => toast({ text: errorText(failure(error, console.error)), wrong: true }))

  const take = async (file: Blob) => {
    const was = await importMask(editor, file)
    toast({ text: was ? t('maskImportedFitted', { width: was.width, height: was.height }) : t('maskImported') })
  }

  /** What all pictures share is taken out of them, unless something was painted by hand. */
  const findInAll = async (): Promise<boolean> => {
    const isPainted = session.items.some(({ picture: { id } }) => {
      const mask = masks.get()[id]?.now
      return mask && !isEmpty(mask)
    })
    const slot = card.inputs.find(({ foundBy }) => foundBy?.pictures)
    if (!slot || isPainted || slot.name in session.fixed) return false
    const mark = await editor.during(() =>
      findShared(
        slot,
        session.items.map(({ picture }) => picture.file),
      ),
    )
    if (mark) commands.give([mark], slot.name)
    return mark !== undefined
  }

  const find = async () => {
    if (await findInAll()) {
      toast({ text: t('maskMarkFound', { count: session.items.length }) })
      return
    }
    let found = false
    await editor.add(async () => {
      const mask = await findMask(editor)
      found = mask !== undefined && !isEmpty(mask)
      return mask ?? { width: 0, height: 0, tiles: new Map() }
    }, 'add')
    toast({ text: t(found ? 'maskFound' : 'maskNotFound') })
  }

  const share = async () => {
    const { mask, id, slot } = editor
    const own = session.items.find(({ picture }) => picture.id === id)
    if (!mask || !own) return
    const others = session.items.filter((item) => item !== own)
    for (const { picture } of others) {
      record(picture.id, mask, masks.get()[picture.id]?.now ?? { ...mask, tiles: new Map() })
      commands.setDrawn(picture.id, slot.name, isEmpty(mask) ? null : revisionOf(mask))
    }
    const different = await otherSizes([own, ...others])
    const text = t('maskShared', { count: session.items.length })
    toast({ text: different > 0 ? `${text} ${t('maskSharedSizes', { count: different })}` : text })
  }

  return {
    take: (file: Blob) => told(take(file)),
    browse: () => pickFiles('files', 'raster', false, ([file]) => file && told(take(file))),
    save: () => told(exportMask(editor)),
    find: () => told(find()),
    share: () => told(share()),
    soften: () => {
      const { mask, isEmpty: nothing } = editor
      if (mask && !nothing) told(maskWork.feather(mask, brush.get().feather).then(editor.change))
    },
  }
}
