import { registry } from '../../operators/registry'
import { toCard } from './card'

export const allCards = () => Promise.all(registry.map(({ spec }) => toCard(spec)))
