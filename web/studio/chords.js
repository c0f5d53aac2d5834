/** Chords an instrument can hold, as MIDI note numbers spread so that they sound full. */
export const chords = [
  { label: 'C major', notes: [48, 55, 60, 64] },
  { label: 'C add 9', notes: [48, 55, 62, 64] },
  { label: 'A minor', notes: [57, 60, 64, 69] },
  { label: 'F major', notes: [53, 57, 60, 65] },
  { label: 'D minor', notes: [50, 57, 62, 65] },
  { label: 'G suspended', notes: [55, 60, 62, 67] },
  { label: 'E minor 7', notes: [52, 59, 62, 67] },
  { label: 'Open fifths', notes: [48, 55, 62, 69] },
  { label: 'One note', notes: [57] },
]
