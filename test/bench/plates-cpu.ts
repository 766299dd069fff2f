import { bareSessions } from './plates-bare'
import { KINDS, runShare } from './plates-batch'
import { benchPlatform } from './plates-host'

const ROUNDS = Number(process.env.ROUNDS ?? 3)

/**
 * Processor time of one compute process for a photo, and of its model runs with nothing around them: what the models take
 * of it is the most of their bare throughput that a machine can reach whose cores are all busy.
 */
export async function printProcessorTime(): Promise<void> {
  const platform = await benchPlatform(1)
  const bare = await bareSessions(1, 1)
  for (const kind of KINDS) {
    await runShare(kind, platform) // all is opened
    const rounds: { readonly all: number; readonly models: number }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const { runs, cpuMs } = await runShare(kind, platform)
      rounds.push({ all: cpuMs / runs.photos, models: (await bare.run(runs)) / runs.photos })
    }
    const [all, models] = (['all', 'models'] as const).map((part) => median(rounds.map((round) => round[part])))
    const share = median(rounds.map((round) => round.models / round.all))
    const times = `${all.toFixed(0)} ms of a core for a photo, ${models.toFixed(0)} of it models`
    console.log(`${kind.name}, ${kind.format}: ${times}: ${(100 * share).toFixed(0)} %`)
  }
  await bare.close()
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]
