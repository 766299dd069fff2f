import { registry } from '../operators/registry'
import { Workbench } from './shell/workbench'
import { allCards } from './tools/all-cards'

export default async function Page() {
  return <Workbench cards={await allCards()} served={registry[0].spec.id} />
}
