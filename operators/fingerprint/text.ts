import type { SpecText } from '../../core/text'

export const text: SpecText = {
  ru: {
    title: 'Отпечаток',
    summary: 'Хеши и вектор, по которым находят копии снимка; группирует папку снимков.',
    labels: {
      'A cup of coffee': 'Чашка кофе',
      image: 'Снимок',
      sha256: 'SHA-256',
      pdq: 'PDQ',
      pdq_quality: 'Детали',
      embedding_dim: 'Чисел',
      width: 'Ширина',
      height: 'Высота',
    },
    params: { model: { title: 'Модель', help: 'Векторы разных моделей нельзя сравнивать.' } },
  },
  zh: {
    title: '指纹',
    summary: '给出用于查找图片副本的哈希和向量；可对整个文件夹分组。',
    labels: {
      'A cup of coffee': '一杯咖啡',
      image: '图片',
      sha256: 'SHA-256',
      pdq: 'PDQ',
      pdq_quality: '细节',
      embedding_dim: '数字个数',
      width: '宽度',
      height: '高度',
    },
    params: { model: { title: '模型', help: '不同模型的向量不能比较。' } },
  },
}
