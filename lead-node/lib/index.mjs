import lead from './index.cjs'

export const {
  Archive,
  ArchivedPage,
  Crawl,
  LeadError,
  crawl,
  extract,
  extractMany,
  findPhones,
  images,
  numbersOfImage,
  phone,
  readArchive,
  tesseract,
  version,
} = lead
export default lead
