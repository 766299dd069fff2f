'use client'
import { DropdownMenu } from 'radix-ui'
import type { ReactElement } from 'react'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { ToolIcon } from '../tools/tool-icon'
import { toolWords } from '../tools/tool-words'
import { takesPictures } from './takes-pictures'

interface SendMenuProps {
  /** Opens it. */
  children: ReactElement
  onChoose: (tool: string) => void
}

/** The tools that a result picture can go on to. */
export function SendMenu({ children, onChoose }: SendMenuProps) {
  const { t, locale } = useWords()
  const { cards } = useBench()
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="z-60 max-h-80 min-w-48 animate-appear overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-lift"
        >
          <DropdownMenu.Label className="px-2 py-1.5 text-muted text-xs">{t('sendTo')}</DropdownMenu.Label>
          {cards.filter(takesPictures).map((card) => (
            <DropdownMenu.Item
              key={card.id}
              onSelect={() => onChoose(card.id)}
              className="flex h-8 items-center gap-2.5 rounded px-2 text-sm outline-none data-[highlighted]:bg-pressed max-md:h-11"
            >
              <ToolIcon node={card.icon} />
              {toolWords(card, locale).title}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
