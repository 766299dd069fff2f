import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { registry } from '../../../operators/registry'
import { Workbench } from '../../shell/workbench'
import { requestLocale } from '../../text/request-locale'
import { allCards } from '../all-cards'
import { toCard } from '../card'
import { toolWords } from '../tool-words'

interface PageProps {
  params: Promise<{ tool: string }>
}

const specOf = async ({ params }: PageProps) => {
  const { tool } = await params
  return registry.find(({ spec }) => spec.id === tool)?.spec
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const spec = await specOf(props)
  if (!spec) return {}
  const { title, summary } = toolWords(await toCard(spec), await requestLocale())
  return { title, description: summary }
}

export default async function Page(props: PageProps) {
  const spec = await specOf(props)
  if (!spec) notFound()
  return <Workbench cards={await allCards()} served={spec.id} />
}
