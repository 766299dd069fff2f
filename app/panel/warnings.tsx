'use client'
import { TriangleAlert } from 'lucide-react'
import { useBench } from '../shell/bench'
import { valueAt } from '../tools/value-at'

/** What a result asks to be taken with care. */
export function Warnings({ data }: { data: Readonly<Record<string, unknown>> }) {
  const { card, words } = useBench()
  const sentences = card.warnings.flatMap((name) => {
    const value = valueAt(data, name)
    return Array.isArray(value) ? value.map(String) : []
  })
  if (sentences.length === 0) return null
  return (
    <ul className="flex flex-col gap-1 rounded-lg bg-accent-soft px-3 py-2 text-sm" role="status">
      {sentences.map((sentence) => (
        <li key={sentence} className="flex items-start gap-2">
          <TriangleAlert size={15} className="mt-0.5 shrink-0 text-accent-text" aria-hidden />
          {words.label(sentence, sentence)}
        </li>
      ))}
    </ul>
  )
}
