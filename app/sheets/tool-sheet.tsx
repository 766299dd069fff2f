'use client'
import { Search } from 'lucide-react'
import { useId, useState } from 'react'
import { useBench } from '../shell/bench'
import { FolderLink } from '../shell/folder-link'
import { LibraryLink } from '../shell/library-link'
import { ToolLink } from '../shell/tool-link'
import { useWords } from '../text/words'
import type { ToolCard } from '../tools/card'
import { searchTools, type ToolGroup, toolGroups } from '../tools/tool-groups'
import { ToolIcon } from '../tools/tool-icon'
import { toolWords } from '../tools/tool-words'

/** Every tool with what it does, by job, and a search; Enter opens the first that fits. */
export function ToolSheet({ cards }: { cards: readonly ToolCard[] }) {
  const { t, locale } = useWords()
  const { do: commands } = useBench()
  const [typed, type] = useState('')
  const fitting = searchTools(cards, typed, locale)
  return (
    <div className="flex flex-col">
      <form
        className="sticky top-0 z-1 border-line border-b bg-surface p-3"
        onSubmit={(event) => {
          event.preventDefault()
          const [first] = toolGroups(fitting)
          if (first) commands.openTool(first.cards[0].id)
        }}
      >
        <label className="flex h-10 items-center gap-2 rounded-md border border-line bg-raised px-3 focus-within:border-line-strong max-md:h-12">
          <Search size={16} className="shrink-0 text-muted" aria-hidden />
          <input
            type="search"
            // biome-ignore lint/a11y/noAutofocus: who opens the list by its key types next; on a phone it would bring the keyboard up
            autoFocus={matchMedia('(min-width: 48rem)').matches}
            value={typed}
            onChange={({ target }) => type(target.value)}
            aria-label={t('findTool')}
            placeholder={t('findTool')}
            enterKeyHint="go"
            className="h-full min-w-0 grow bg-transparent text-sm outline-none placeholder:text-muted max-md:text-base"
          />
        </label>
      </form>
      <div className="flex flex-col gap-4 p-3">
        {toolGroups(fitting).map((group) => (
          <Group key={group.job} {...group} />
        ))}
        {fitting.length === 0 && <p className="py-6 text-center text-muted text-sm">{t('noTool', { typed })}</p>}
      </div>
    </div>
  )
}

function Group({ job, cards }: ToolGroup) {
  const { t, locale } = useWords()
  const heading = useId()
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className="px-2 pb-1 font-semibold text-muted text-xs">
        {t(`job_${job}`)}
      </h3>
      <ul className="grid grid-cols-2 gap-1 max-md:grid-cols-1">
        {cards.map((tool) => {
          const { title, summary } = toolWords(tool, locale)
          return (
            <li key={tool.id}>
              <ToolLink tool={tool} className={ITEM}>
                <span className="mt-px text-muted group-aria-[current=page]/tool:text-accent-text">
                  <ToolIcon node={tool.icon} />
                </span>
                <span className="flex min-w-0 flex-col">
                  <span className="font-medium text-sm">{title}</span>
                  <span className="line-clamp-2 text-muted text-xs">{summary}</span>
                </span>
              </ToolLink>
            </li>
          )
        })}
        {job === 'copies' && (
          <li>
            <LibraryLink className={`${ITEM} items-center [&>svg]:text-muted`} labelClassName="font-medium text-sm" />
          </li>
        )}
        {job === 'copies' && (
          <li>
            <FolderLink className={`${ITEM} items-center [&>svg]:text-muted`} labelClassName="font-medium text-sm" />
          </li>
        )}
      </ul>
    </section>
  )
}

const ITEM =
  'group/tool flex h-full min-h-14 items-start gap-3 rounded-md px-2 py-2 transition-colors duration-150 hover:bg-raised aria-[current=page]:bg-accent-soft'
