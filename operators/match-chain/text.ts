import type { Spec } from '../../core/operator'
import type { SpecText, ToolText } from '../../core/text'

/** What a chain makes is made by its steps, so those have the words for it. */
export const text = (tools: readonly Spec[]): SpecText => ({
  ru: withLabels(ru, tools, 'ru'),
  zh: withLabels(zh, tools, 'zh'),
})

function withLabels(own: ToolText, tools: readonly Spec[], locale: keyof SpecText): ToolText {
  const labels = tools.map((spec) => spec.text[locale]?.labels)
  const titles = tools.map((spec) => ({ [spec.title]: spec.text[locale]?.title ?? spec.title }))
  return { ...own, labels: Object.assign({}, ...labels, ...titles, own.labels) }
}

const ru: ToolText = {
  title: 'Цепочка поиска',
  summary:
    'Пробует на одних и тех же двух файлах один способ поиска за другим и останавливается на первом, который нашёл.',
  labels: {
    image: 'Изображение',
    template: 'Шаблон',
    'Image, query image or model of the steps': 'Изображение, снимок-запрос или модель для шагов',
    'Template, train image or scene of the steps': 'Шаблон, второй снимок или сцена для шагов',
    chain_result: 'Итог',
    completed_step: 'Последний шаг',
    total_steps: 'Всего шагов',
    step: 'Шаг',
    tool: 'Инструмент',
    status: 'Состояние',
    found: 'Найдено',
    Found: 'Найдено',
    'Not found': 'Не найдено',
    Done: 'Выполнен',
    Skipped: 'Пропущен',
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
  labels: {
    image: '图片',
    template: '模板',
    'Image, query image or model of the steps': '各步骤的图片、查询图片或模型',
    'Template, train image or scene of the steps': '各步骤的模板、目标图片或场景',
    chain_result: '结果',
    completed_step: '最后执行的步骤',
    total_steps: '步骤总数',
    step: '步骤',
    tool: '工具',
    status: '状态',
    found: '找到',
    Found: '已找到',
    'Not found': '未找到',
    Done: '已完成',
    Skipped: '已跳过',
    'Capacitors on a circuit board': '电路板上的电容',
  },
  params: { steps: { title: '步骤', help: '按尝试顺序排列的工具及其参数；未写出的参数取工具的默认值。' } },
}
