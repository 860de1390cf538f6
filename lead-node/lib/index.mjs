import lead from './index.cjs'

export const { LeadError, extract, findPhones, version } = lead
export default lead
