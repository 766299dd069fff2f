'use client'
import { maskSlot } from '../mask/drawn-files'
import { MASK_KEYS } from '../mask/keys'
import { ACTION_GROUPS, ACTIONS, keyCaps } from '../shell/actions'
import { useBench } from '../shell/bench'
import { useApple } from '../shell/use-apple'
import { useWords } from '../text/words'

export function ShortcutSheet() {
  const { t } = useWords()
  const apple = useApple()
  const { card } = useBench()
  const groups = ACTION_GROUPS.map((group) => ({
    group,
    actions: Object.values(ACTIONS).filter((action) => action.group === group),
  }))
  const all = maskSlot(card) ? [{ group: 'keysMask' as const, actions: Object.values(MASK_KEYS) }, ...groups] : groups
  return (
    <div className="columns-2 gap-8 p-5 max-md:columns-1">
      {all.map(({ group, actions }) => (
        <section key={group} className="mb-5 break-inside-avoid" aria-label={t(group)}>
          <h3 className="mb-2 font-semibold text-muted text-xs">{t(group)}</h3>
          <dl className="flex flex-col gap-1.5">
            {actions.map(({ text, keys }) => (
              <div key={text} className="flex items-center justify-between gap-3">
                <dt className="text-sm">{t(text)}</dt>
                <dd className="flex shrink-0 gap-1">
                  {keyCaps(keys[0], apple).map((cap) => (
                    <kbd
                      key={cap}
                      className="grid h-6 min-w-6 place-items-center rounded border border-line-strong bg-raised px-1.5 font-sans text-xs"
                    >
                      {cap}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <section className="break-inside-avoid" aria-label={t('pointer')}>
        <h3 className="mb-2 font-semibold text-muted text-xs">{t('pointer')}</h3>
        <ul className="flex flex-col gap-1.5 text-sm">
          <li>{t('pointerWheel')}</li>
          <li>{t('pointerDrag')}</li>
          <li>{t('pointerDouble')}</li>
          <li>{t('pointerPaste')}</li>
          {maskSlot(card) && <li>{t('pointerMask')}</li>}
        </ul>
      </section>
    </div>
  )
}
