import type { SpecText } from '../../core/text'

export const text: SpecText = {
  ru: {
    title: 'Люди и предметы',
    summary: 'Находит на снимке людей и предметы 80 видов и считает их.',
    labels: {
      'A cup of coffee': 'Чашка кофе',
      image: 'Снимок',
      Objects: 'Предметы',
      objects_found: 'Найдено',
      people: 'Людей',
      objects: 'Предметы',
      name: 'Вид',
      score: 'Уверенность',
      model: 'Модель',
      x: 'X',
      y: 'Y',
      w: 'Ширина',
      h: 'Высота',
    },
    params: {
      threshold: {
        title: 'Наименьшая оценка',
        help: 'Насколько модель должна быть уверена; меньше — находит больше, в том числе лишнее.',
      },
      max_objects: { title: 'Не больше', help: 'Сколько самых верных вернуть.' },
    },
  },
  zh: {
    title: '人物与物体',
    summary: '在图片中找出并统计人物和 80 类日常物体。',
    labels: {
      'A cup of coffee': '一杯咖啡',
      image: '图片',
      Objects: '物体',
      objects_found: '找到',
      people: '人数',
      objects: '物体',
      name: '类别',
      score: '可信度',
      model: '模型',
      x: 'X',
      y: 'Y',
      w: '宽度',
      h: '高度',
    },
    params: {
      threshold: { title: '最低分数', help: '模型需要多确定；越低找到越多，误报也越多。' },
      max_objects: { title: '最多数量', help: '返回最确定的多少个。' },
    },
  },
}
