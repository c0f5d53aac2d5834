/** Doing things that may be refused, and saying so where they are; taking them back. */
export class Attempts {
  /**
   * @param {import('/lib/starling.js').Starling} starling
   * @param {import('/widgets/notices.js').Notices} notices
   */
  constructor(starling, notices) {
    Object.assign(this, { starling, notices })
  }

  /** Applies a command of the `…commands.js` files; false, with a notice, if it was refused. */
  run(command, ...details) {
    return this.attempt(() => this.starling.apply(command(this.starling.document, ...details)))
  }

  /** The same, where equal `merge` texts in a row become one step to undo. */
  runMerged(merge, command, ...details) {
    return this.attempt(() => this.starling.apply({ ...command(this.starling.document, ...details), merge }))
  }

  undo() {
    return this.attempt(() => this.starling.undo())
  }

  redo() {
    return this.attempt(() => this.starling.redo())
  }

  /** Says what was done, and offers to take it back. */
  sayUndoable(message) {
    this.notices.say('done', message, { label: 'Undo', act: () => this.undo() })
  }

  /** Does something that may be refused, and says so if it is. */
  attempt(act) {
    try {
      act()
      return true
    } catch (error) {
      this.notices.say('error', error.message)
      return false
    }
  }

  /** The same for what takes a while. */
  async attemptLater(act) {
    try {
      return await act()
    } catch (error) {
      this.notices.say('error', error.message)
      return undefined
    }
  }
}
