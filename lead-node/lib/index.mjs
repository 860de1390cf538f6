import lead from './index.cjs'

export const { LeadError, extract, findPhones, phone, version } = lead
export default lead
