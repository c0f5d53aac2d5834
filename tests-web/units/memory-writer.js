// Publishes hops as fast as it can; each holds its own number, as far as a float can tell, throughout.
import { rowWidth } from '/shared/abi.js'
import { MemoryRing } from '/shared/memory-ring.js'

onmessage = ({ data: { buffer } }) => {
  const ring = new MemoryRing(buffer)
  const row = new Float32Array(rowWidth)
  for (let hop = 0; ; hop += 1) ring.addRow(row.fill(hop % 65536))
}
