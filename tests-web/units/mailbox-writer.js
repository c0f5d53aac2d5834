// Writes blobs of all lengths as fast as it can; each holds its own number throughout.
import { MailboxWriter } from '/shared/mailbox.js'
import { random } from './harness.js'

onmessage = ({ data: { buffer, capacity, seed } }) => {
  const writer = new MailboxWriter(buffer, capacity)
  const next = random(seed)
  for (let number = 1; ; number += 1) {
    writer.write(number, new Uint8Array(1 + Math.floor(next() * (capacity - 1))).fill(number % 251))
  }
}
