import lead from './index.cjs'

export const { LeadError, extract, extractMany, findPhones, phone, version } = lead
export default lead
