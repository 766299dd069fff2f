'use client'
import { ArrowDown, ArrowUp, FolderOpen, Plus, Save, Trash2 } from 'lucide-react'
import { save } from '../export/save'
import { useBench } from '../shell/bench'
import { pickJson } from '../shell/pick-files'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import type { StepsField } from '../tools/fields'
import { toolWords } from '../tools/tool-words'
import { Button } from '../ui/button'
import { Choice } from '../ui/choice'
import { IconButton } from '../ui/icon-button'
import { Control } from './control'
import { Problem } from './problem'
import { added, changed, moved, readSteps, removed, type Step, settingsOf, stepsFile } from './steps'
import { useWantedField } from './use-wanted-field'

interface StepsControlProps {
  field: StepsField
  value: readonly Step[]
  onChange: (value: readonly Step[]) => void
}

/** A list of tools to try in turn, each with its own settings. */
export function StepsControl({ field, value, onChange }: StepsControlProps) {
  const { t } = useWords()
  const { words, wrong } = useBench()
  const open = async (file: File) => {
    const steps = readSteps(await file.text(), field.choices, field.most)
    if (steps) onChange(steps)
    else toast({ text: t('notSteps', { name: file.name, most: String(field.most) }), wrong: true })
  }
  return (
    <div className="flex flex-col gap-2">
      <ol className="flex flex-col gap-2">
        {value.map((step, index) => (
          <StepCard key={`${index}-${step.tool}`} {...{ field, value, step, index, onChange }} />
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          disabled={value.length >= field.most}
          onClick={() => onChange(added(value, field.choices))}
        >
          <Plus size={13} aria-hidden />
          {t('addStep')}
        </Button>
        <Button size="small" onClick={() => save(stepsFile(value), 'steps.json')}>
          <Save size={13} aria-hidden />
          {t('saveSteps')}
        </Button>
        <Button size="small" onClick={() => pickJson(open)}>
          <FolderOpen size={13} aria-hidden />
          {t('openSteps')}
        </Button>
      </div>
      <p className="text-muted text-xs">{words.field(field.name).help}</p>
      {wrong[field.name] && <Problem text={wrong[field.name]} />}
    </div>
  )
}

function StepCard({ field, value, step, index, onChange }: StepsControlProps & { step: Step; index: number }) {
  const { t, locale } = useWords()
  const { cards, wrong } = useBench()
  const place = `${field.name}.${index}`
  const around = useWantedField<HTMLDivElement>(`${place}.tool`)
  const problem = wrong[`${place}.tool`]
  const hasWrongSetting = Object.keys(wrong).some((key) => key.startsWith(`${place}.params.`))
  const choice = field.choices.find(({ tool }) => tool === step.tool)
  const card = cards.find(({ tool }) => tool === step.tool)
  const words = card && toolWords(card, locale)
  const number = index + 1
  return (
    <li className="rounded-lg border border-line bg-raised p-2">
      <div className="flex items-center gap-1 max-md:flex-wrap max-md:justify-end">
        <span className="w-5 text-center text-muted text-xs tabular-nums">{number}</span>
        <div ref={around} className="grow max-md:basis-[calc(100%-2rem)]">
          <Choice
            id={`step-${number}`}
            label={t('stepTool', { number })}
            value={step.tool}
            options={field.choices.map(({ tool }) => {
              const one = cards.find((candidate) => candidate.tool === tool)
              return { value: tool, label: one ? toolWords(one, locale).title : tool }
            })}
            onChange={(tool) => onChange(changed(value, index, { tool, params: settingsOf(field.choices, tool) }))}
          />
        </div>
        <IconButton
          small
          label={t('stepUp', { number })}
          disabled={index === 0}
          onClick={() => onChange(moved(value, index, -1))}
        >
          <ArrowUp size={14} aria-hidden />
        </IconButton>
        <IconButton
          small
          label={t('stepDown', { number })}
          disabled={number === value.length}
          onClick={() => onChange(moved(value, index, 1))}
        >
          <ArrowDown size={14} aria-hidden />
        </IconButton>
        <IconButton
          small
          label={t('stepRemove', { number })}
          disabled={value.length === 1}
          onClick={() => onChange(removed(value, index))}
        >
          <Trash2 size={14} aria-hidden />
        </IconButton>
      </div>
      {problem && <Problem text={problem} />}
      <details open={hasWrongSetting || undefined}>
        <summary className="cursor-pointer px-2 pt-2 text-muted text-xs hover:text-ink max-md:py-3">
          {t('settings')}
        </summary>
        <div className="flex flex-col gap-3 p-2">
          {choice?.fields.map((one) => (
            <Control
              key={one.name}
              field={one}
              place={`${place}.params.${one.name}`}
              problem={wrong[`${place}.params.${one.name}`]}
              value={step.params[one.name] ?? one.initial}
              words={words?.field(one.name) ?? one}
              label={(option) => words?.label(option, option) ?? option}
              onChange={(next) =>
                onChange(changed(value, index, { ...step, params: { ...step.params, [one.name]: next } }))
              }
            />
          ))}
        </div>
      </details>
    </li>
  )
}
