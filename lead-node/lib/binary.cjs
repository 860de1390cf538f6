'use strict'

/** The file name of the native half on this machine: `lead-node.linux-x64-gnu.node`. */
function binary() {
  const { platform, arch } = process
  let abi = ''
  if (platform === 'linux') abi = process.report.getReport().header.glibcVersionRuntime ? '-gnu' : '-musl'
  if (platform === 'win32') abi = '-msvc'
  return `lead-node.${platform}-${arch}${abi}.node`
}

module.exports = { binary }
