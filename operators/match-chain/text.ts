import type { Spec } from '../../core/operator'
import type { SpecText, ToolText } from '../../core/text'

/** What a chain makes is made by its steps, so those have the words for it. */
export const text = (tools: readonly Spec[]): SpecText => ({
  ru: withLabels(ru, tools, 'ru'),
  zh: withLabels(zh, tools, 'zh'),
})

function withLabels(own: ToolText, tools: readonly Spec[], locale: keyof SpecText): ToolText {
  const labels = tools.map((spec) => spec.text[locale]?.labels)
  return { ...own, labels: Object.assign({}, ...labels, own.labels) }
}

const ru: ToolText = {
  title: 'Цепочка поиска',
  summary:
    'Пробует на одних и тех же двух файлах один способ поиска за другим и останавливается на первом, который нашёл.',
  labels: {
    image: 'Изображение',
    template: 'Шаблон',
    'Capacitors on a circuit board': 'Конденсаторы на плате',
  },
  params: {
    steps: {
      title: 'Шаги',
      help: 'Инструменты с параметрами в том порядке, в котором они пробуются. Чего нет, то по умолчанию.',
    },
  },
}

const zh: ToolText = {
  title: '匹配链',
  summary: '对同样的两个文件依次尝试各种匹配方法，找到即停。',
  labels: { image: '图片', template: '模板', 'Capacitors on a circuit board': '电路板上的电容' },
  params: { steps: { title: '步骤', help: '按尝试顺序排列的工具及其参数；未写出的参数取工具的默认值。' } },
}
