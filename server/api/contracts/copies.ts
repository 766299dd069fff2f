import * as z from 'zod'
import { EMBEDDING_MODELS } from '../../../operators/fingerprint/models'
import {
  type CopyGroup,
  type LibraryImage,
  type LibrarySummary,
  type CopyLink as Link,
  type Match,
  POLICIES,
  type SetAsidePair,
  STATUSES,
} from '../library'

const id = z.int().min(1).meta({ description: 'Of the picture' })
const time = z.iso.datetime({ offset: true })
const path = z.string().meta({ description: 'Key in the object storage', examples: ['images/uuid_image1.jpg'] })

/** `2024-11-01T10:00:00+00:00`, as the family's clients know it. */
const utc = (date: Date): string => date.toISOString().replace('Z', '+00:00')

export const ImageId = z.object({ image_id: id.max(2 ** 31 - 1) })

const MOST_NAME = 255
const MOST_LISTED = 1000

export const NewImage = z
  .object({
    name: z.string().min(1).max(MOST_NAME).meta({ description: 'What it is called; may be any text' }),
    model_name: z.string().min(1).max(100).meta({ description: 'Which model worker is to process it' }),
  })
  .meta({ title: 'New image' })

export const ListQuery = z.object({
  status: z.enum(STATUSES).meta({ description: 'Of the pictures to list' }),
  label: z.string().min(1).max(100).optional().meta({ description: 'Only pictures that show such an object' }),
  policy: z.enum(POLICIES).optional().meta({ description: 'Only pictures that the content filter treats so' }),
  limit: z.int().min(1).max(MOST_LISTED).optional().meta({ description: 'Most pictures; all where left out' }),
  offset: z.int().min(0).default(0).meta({ description: 'How many of the oldest to leave out' }),
})

export const PageQuery = ListQuery.extend({
  status: ListQuery.shape.status.optional(),
  unreadable: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: only pictures that could not be read; false: only the others' }),
  order: z.enum(['oldest', 'newest']).default('oldest').meta({ description: 'Which come first' }),
  limit: z.int().min(1).max(200).default(50).meta({ description: 'Most pictures' }),
})

export const GroupsQuery = z.object({
  limit: z.int().min(1).max(100).default(20).meta({ description: 'Most groups' }),
  offset: z.int().min(0).default(0).meta({ description: 'How many of the newest to leave out' }),
})

export const SetAsideQuery = z.object({
  limit: z.int().min(1).max(100).default(20).meta({ description: 'Most pairs' }),
  offset: z.int().min(0).default(0).meta({ description: 'How many of the newest to leave out' }),
})

export const ModelName = z.object({ model_name: z.string().min(1).max(100) })

export const SearchQuery = z.object({
  model_name: z
    .enum(EMBEDDING_MODELS)
    .default(EMBEDDING_MODELS[0])
    .meta({ description: 'Which model looks for it: among the pictures that were added with the same one' }),
  limit: z.int().min(1).max(100).default(10).meta({ description: 'Most copies to name' }),
})

export const ListedImage = z.object({ id, name: z.string(), s3_path: path }).meta({ title: 'Listed image' })

const box = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() })
const label = z.object({ name: z.string(), score: z.number(), box: box.optional() })

export const ImageObject = z
  .object({
    id,
    name: z.string(),
    status: z.enum(STATUSES),
    created_at: time,
    uploaded_at: time,
    s3_path: path,
    processed_at: time.nullable().meta({ description: 'Null until it is processed' }),
    model_name: z.string(),
    bytes: z.int().meta({ description: 'Of the file' }),
    width: z.int().nullable(),
    height: z.int().nullable(),
    people: z.int().nullable().meta({ description: 'How many people it shows; null until that is known' }),
    objects: z.array(label).nullable().meta({ description: 'What it shows, and where as shares of its size' }),
    content: z.array(label).nullable().meta({ description: 'Scores of the content filter' }),
    policy: z.enum(POLICIES).nullable().meta({ description: 'What the content filter advises' }),
    error: z.string().nullable().meta({ description: 'Why it could not be read' }),
  })
  .meta({ title: 'Image' })

export const AddedImage = z
  .object({ id, name: z.string(), status: z.enum(STATUSES), created_at: time })
  .meta({ title: 'Added image' })

export const Claim = z
  .object({ id, s3_path: path, img_callback_url: z.string().meta({ description: 'Where to POST what was found' }) })
  .meta({ title: 'Claimed image' })

export const Processed = z
  .object({
    img_url: path,
    return: z.enum(['true', 'false']).meta({ description: 'Whether it has copies' }),
    id: z.string(),
    result: z.array(z.string()).meta({ description: 'Ids of its copies' }),
  })
  .meta({ title: 'Processed image' })

const MOST_COPIES = 10_000
const MOST_NUMBERS = 4096

const copyId = z
  .union([z.int().min(1), z.string().regex(/^[1-9]\d{0,9}$/)])
  .transform(Number)
  .meta({ description: 'Of a picture of the same library' })

export const Callback = z
  .strictObject({
    result: z.array(copyId).max(MOST_COPIES).meta({ description: 'Ids of its copies, as numbers or texts' }),
    embedding: z
      .array(z.number())
      .min(1)
      .max(MOST_NUMBERS)
      .optional()
      .meta({ description: 'Its vector by that model, kept at length 1' }),
  })
  .meta({ title: 'Finding', examples: [{ result: ['2', '3'] }] })

export const CopyLink = z.object({ id, file_link: path }).meta({ title: 'Copy' })

const evidence = z.record(z.string(), z.unknown()).nullable().meta({
  description: 'What `POST /api/v1/copies/compare` says of the two, but for its pairs of details',
})

export const FoundImage = z
  .object({
    id,
    name: z.string(),
    file_link: path,
    verdict: z.string().meta({ description: 'same_file, reencoded, edited, similar, or linked by another worker' }),
    probability: z.number().meta({ description: 'That one is made from the other, in a library of this size' }),
    policy: ImageObject.shape.policy,
    evidence,
  })
  .meta({ title: 'Found copy' })

export const LinkedImage = FoundImage.extend({
  ignored: z.boolean().meta({ description: 'Somebody said that these are no copies' }),
}).meta({ title: 'Linked copy' })

export const SearchResult = z
  .object({
    model_name: SearchQuery.shape.model_name,
    count: z.int(),
    matches: z.array(FoundImage).meta({ description: 'The likeliest first' }),
  })
  .meta({ title: 'Search result' })

export const ImagePage = z
  .object({ total: z.int(), images: z.array(ImageObject) })
  .meta({ title: 'Page of the library' })

const link = z.object({
  a: id,
  b: id,
  verdict: FoundImage.shape.verdict,
  probability: FoundImage.shape.probability,
  evidence,
})

export const Group = z
  .object({
    id: id.meta({ description: 'Of the group: the least id of its pictures' }),
    count: z.int().meta({ description: 'How many pictures it has; of a very large group only the oldest are listed' }),
    images: z.array(ImageObject),
    links: z.array(link).meta({ description: 'Which are made from which, the likeliest first' }),
  })
  .meta({ title: 'Group of copies' })

export const GroupPage = z.object({ total: z.int(), groups: z.array(Group) }).meta({ title: 'Page of groups' })

export const SetAside = link
  .extend({ images: z.array(ImageObject).length(2).meta({ description: 'a, then b' }) })
  .meta({ title: 'Pair that was set aside' })

export const SetAsidePage = z.object({ total: z.int(), pairs: z.array(SetAside) }).meta({ title: 'Page of pairs' })

export const Summary = z
  .object({
    uploaded: z.int().meta({ description: 'Pictures that wait for their model worker' }),
    processing: z.int().meta({ description: 'Pictures that a worker has claimed' }),
    processed: z.int().meta({ description: 'Also those that could not be read' }),
    unreadable: z.int(),
    groups: z.int().meta({ description: 'Groups of copies' }),
    set_aside: z.int().meta({ description: 'Pairs that people have called no copies' }),
    labels: z
      .array(z.object({ name: z.string(), count: z.int().meta({ description: 'Pictures that show it' }) }))
      .meta({ description: 'What the pictures show, the commonest first' }),
  })
  .meta({ title: 'Library in numbers' })

export const IgnoreBody = z.strictObject({
  other_id: z.int().min(1).meta({ description: 'The picture that this one is no copy of' }),
  ignored: z.boolean().default(true).meta({ description: 'false takes it back' }),
})

export const toListed = ({ id, name, path }: LibraryImage) => ({ id, name, s3_path: path })

export const toAdded = ({ id, name, status, createdAt }: LibraryImage) => ({
  id,
  name,
  status,
  created_at: utc(createdAt),
})

export const toObject = (image: LibraryImage): z.infer<typeof ImageObject> => ({
  ...toAdded(image),
  uploaded_at: utc(image.uploadedAt),
  s3_path: image.path,
  processed_at: image.processedAt && utc(image.processedAt),
  model_name: image.modelName,
  bytes: image.bytes,
  width: image.width,
  height: image.height,
  people: image.labels?.people ?? null,
  objects: image.labels ? [...image.labels.objects] : null,
  content: image.labels ? [...image.labels.content] : null,
  policy: image.labels?.policy ?? null,
  error: image.error,
})

export const toProcessed = ({ id, path }: LibraryImage, copies: readonly LibraryImage[]) => ({
  img_url: path,
  return: copies.length > 0 ? 'true' : 'false',
  id: String(id),
  result: copies.map((copy) => String(copy.id)),
})

export const toFound = ({ image, verdict, probability, evidence }: Match) => ({
  id: image.id,
  name: image.name,
  file_link: image.path,
  verdict,
  probability,
  policy: image.labels?.policy ?? null,
  evidence,
})

const toLink = ({ a, b, verdict, probability, evidence }: Link): z.infer<typeof link> => ({
  a,
  b,
  verdict,
  probability,
  evidence: evidence && { ...evidence },
})

export const toGroup = ({ id, count, images, links }: CopyGroup): z.infer<typeof Group> => ({
  id,
  count,
  images: images.map(toObject),
  links: links.map(toLink),
})

export const toSetAside = (pair: SetAsidePair): z.infer<typeof SetAside> => ({
  ...toLink(pair),
  images: pair.images.map(toObject),
})

export const toSummary = ({ setAside, labels, ...numbers }: LibrarySummary): z.infer<typeof Summary> => ({
  ...numbers,
  set_aside: setAside,
  labels: [...labels],
})
